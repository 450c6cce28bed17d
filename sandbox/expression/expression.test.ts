import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate.ts";
import { type Expression, parseExpression } from "./parse.ts";
import { ExpressionError } from "./tokenize.ts";

type Thing = Record<string, unknown>;

const holds = (text: string, thing: Thing, ignoreCase = false): boolean =>
  evaluate(parseExpression(text), thing, {
    ignoreCase,
    read: (object, path) => {
      const value = object[path];
      return Array.isArray(value) ? value : [value];
    },
  });

describe("precedence", () => {
  it.each<[string, boolean]>([
    ["a eq 1 or b eq 1 and c eq 1", true],
    ["(a eq 1 or b eq 1) and c eq 1", false],
    ["not (a eq 1) or a eq 1", true],
    ["not (a eq 1 and b eq 2)", true],
    ["A1 EQ 1 OR a EQ 1", true],
  ])("%s", (text, expected) => {
    expect(holds(text, { a: 1, b: 0, c: 0 })).toBe(expected);
  });
});

describe("operators", () => {
  const thing = {
    name: "Ann Lee",
    born: "2024-02-05T09:00:00.000Z",
    age: 40,
    ok: true,
    tags: ["x", "y"],
    empty: "",
  };
  it.each<[string, boolean]>([
    ['name eq "Ann Lee"', true],
    ['name eq "ann lee"', false],
    ['name ne "Bob"', true],
    ['name sw "Ann"', true],
    ['name ew "Lee"', true],
    ['name co "n L"', true],
    ["name pr", true],
    ["empty pr", false],
    ["missing pr", false],
    ['missing ne "x"', true],
    ['missing eq "x"', false],
    ["missing eq null", true],
    ["name eq null", false],
    ['born gt "2024-02-05T10:00:00+02:00"', true],
    ['born eq "2024-02-05T09:00:00Z"', true],
    ['born lt "2024-02-05"', false],
    ["age gt 39.5", true],
    ["age le 39", false],
    ["ok eq true", true],
    ["ok eq false", false],
    ['tags eq "y"', true],
    ['tags ne "y"', false],
    ['name eq "Ann \\"Lee\\""', false],
  ])("%s", (text, expected) => {
    expect(holds(text, thing)).toBe(expected);
  });

  it("ignores case when asked to", () => {
    expect(holds('name eq "ANN LEE" and name co "LEE" and name sw "aNN"', thing, true)).toBe(true);
  });
});

describe("mistakes", () => {
  it.each([
    ["", "Expected an attribute name at position 0"],
    ["a", "Expected an operator"],
    ["a eq", "Expected a value (strings stand in double quotes) at position 4"],
    ["a eq b", "Expected a value"],
    ["a eq 1 b", "Unexpected text at position 7"],
    ["(a eq 1", "Expected ')' at position 7"],
    ["not a eq 1", "Expected '(' after not"],
    ["a[b eq 1]", "Unexpected character '[' at position 1"],
    ['a eq "x', "Unexpected character '\"' at position 5"],
    [`${"(".repeat(60)}a eq 1${")".repeat(60)}`, "Nested deeper"],
    [`${"not (".repeat(60)}a pr${")".repeat(60)}`, "Nested deeper"],
    [`a eq "${"x".repeat(20_000)}"`, "Longer than 20000 characters"],
    [`a eq "${"\\".repeat(9_000)}`, "Unexpected character '\"' at position 5"],
    ['a eq "\\x"', "Invalid escape"],
    ["constructor toString valueOf", "Expected an operator"],
    ["a eq constructor", "Expected a value"],
    ["a eq __proto__", "Expected a value"],
  ])("%s", (text, message) => {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
    expect(() => parseExpression(text)).toThrow(message);
  });
});

describe("any expression", () => {
  const test = fc.record({
    kind: fc.constant("test" as const),
    path: fc.constantFrom("a", "profile.b", "c"),
    operator: fc.constantFrom("eq" as const, "sw" as const, "gt" as const),
    value: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  });
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      test,
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        left: tie("expression"),
        right: tie("expression"),
      }),
      fc.record({ kind: fc.constant("not" as const), inner: tie("expression") }),
    ),
  }));
  const print = (item: Expression): string => {
    if (item.kind === "test") return `${item.path} ${item.operator} ${JSON.stringify(item.value)}`;
    if (item.kind === "not") return `not (${print(item.inner)})`;
    return `(${print(item.left)}) ${item.kind} (${print(item.right)})`;
  };

  it("is read back as it was written", () => {
    fc.assert(
      fc.property(expression, (item) => {
        expect(parseExpression(print(item))).toEqual(item);
      }),
    );
  });

  it("holds for as many terms as fit into the longest one", () => {
    const terms = Array.from({ length: 1400 }, (_, at) => `a eq ${at}`);
    expect(holds(terms.join(" or "), { a: 1399 })).toBe(true);
    expect(holds(`${terms.map(() => "a pr").join(" and ")}`, { a: 0 })).toBe(true);
  });

  it("reads the names every object has as names of attributes nobody has", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "__proto__"];
    expect(names.map((name) => holds(`${name} eq "x"`, {}))).toEqual([false, false, false, false]);
  });

  it("never fails but with an ExpressionError, be it made of its own words", () => {
    const words = ["a", "(", ")", "not", "and", "or", "eq", "pr", '"x"', '"', "1", "-", "null", "\\", " "];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
        try {
          expect(typeof holds(parts.join(" "), { a: "x" })).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });

  it("never fails but with an ExpressionError", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseExpression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });
});
