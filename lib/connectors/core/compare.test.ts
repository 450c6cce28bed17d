import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import type { Json } from "../../flow/json.ts";
import { compare, describeComparison, OPERATORS, type Operator, operatorOf } from "./compare.ts";

type Row = [left: Json | undefined, operator: Operator, right: Json | undefined, expected: boolean];

const EQUALITY: Row[] = [
  ["Contractor", "equals", "contractor", true],
  ["Contractor", "equals", "Employee", false],
  [7, "equals", 7, true],
  [7, "equals", "7.0", true],
  ["007", "equals", "7", false],
  ["7", "equals", "7.0", false],
  [true, "equals", "true", true],
  [true, "equals", "yes", true],
  [true, "equals", false, false],
  [true, "equals", "maybe", false],
  ["2026-11-21T09:00:00Z", "equals", "2026-11-21T10:00:00.000+01:00", true],
  ["2026-11-21T09:00:00Z", "equals", "2026-11-21T09:00:01Z", false],
  ["2026-11-21", "equals", "2026-11-21T00:00:00Z", false],
  [null, "equals", "", true],
  [undefined, "equals", [], true],
  [{}, "equals", null, true],
  [0, "equals", "", false],
  [false, "equals", undefined, false],
  [["a", "b"], "equals", ["A", "b"], true],
  [["a", "b"], "equals", ["b", "a"], false],
  [{ a: 1, b: [2] }, "equals", { b: [2], a: 1 }, true],
  ["a", "notEquals", "A", false],
  ["a", "notEquals", "b", true],
  [null, "notEquals", "b", true],
];

const TEXT: Row[] = [
  ["Engineering", "contains", "GINEER", true],
  ["Engineering", "contains", "sales", false],
  ["Engineering", "contains", "", false],
  ["", "contains", "a", false],
  [["Sales", "Eng"], "contains", "eng", true],
  [["Sales", "Eng"], "contains", "En", false],
  [[1, 2], "contains", "2", true],
  [1234, "contains", 23, true],
  ["Ann Lee", "startsWith", "ann", true],
  ["Ann Lee", "startsWith", "lee", false],
  [undefined, "startsWith", "a", false],
  ["ann@example.com", "endsWith", "@EXAMPLE.com", true],
  ["ann@example.com", "endsWith", "@other.com", false],
  ["ann@example.com", "endsWith", "", false],
];

const ORDER: Row[] = [
  [10, "greater", 9, true],
  ["10", "greater", "9", true],
  [10, "greater", "9", true],
  [9, "greater", 9, false],
  [9, "greaterOrEqual", 9, true],
  [8, "greaterOrEqual", 9, false],
  [8, "less", 9, true],
  [9, "less", 9, false],
  [9, "lessOrEqual", 9, true],
  ["2026-11-21T09:00:00Z", "less", "2026-11-21T09:00:00.001Z", true],
  ["2026-11-21T01:00:00+02:00", "less", "2026-11-21T00:00:00Z", true],
  ["2026-11-21", "less", "2026-11-21T00:00:01Z", true],
  ["2026-11-21", "greaterOrEqual", "2026-11-21", true],
  ["apple", "less", "Banana", true],
  ["b", "greater", "a", true],
  [undefined, "greater", 1, false],
  [undefined, "less", 1, false],
  [1, "lessOrEqual", "", false],
];

const OTHERS: Row[] = [
  ["sales", "inList", ["Sales", "Eng"], true],
  ["hr", "inList", ["Sales", "Eng"], false],
  ["eng", "inList", "Sales, Eng", true],
  ["eng", "inList", "Sales\nEng\n", true],
  ["eng", "inList", "", false],
  ["", "inList", ["", "a"], false],
  [3, "inList", "1,2,3", true],
  [3, "inList", 3, true],
  ["", "isEmpty", undefined, true],
  [" ", "isEmpty", undefined, false],
  [null, "isEmpty", undefined, true],
  [[], "isEmpty", undefined, true],
  [{}, "isEmpty", undefined, true],
  [0, "isEmpty", undefined, false],
  [false, "isEmpty", undefined, false],
  ["a", "isNotEmpty", undefined, true],
  [[], "isNotEmpty", undefined, false],
  [true, "isTrue", undefined, true],
  ["Yes", "isTrue", undefined, true],
  [1, "isTrue", undefined, true],
  ["maybe", "isTrue", undefined, false],
  [undefined, "isTrue", undefined, false],
  [false, "isFalse", undefined, true],
  ["no", "isFalse", undefined, true],
  [0, "isFalse", undefined, true],
  [undefined, "isFalse", undefined, false],
  [{ a: 1 }, "isFalse", undefined, false],
];

const ROWS = [...EQUALITY, ...TEXT, ...ORDER, ...OTHERS];

describe("compare", () => {
  it.each(ROWS)("%j %s %j is %j", (left, operator, right, expected) => {
    expect(compare({ left, operator, right, caseSensitive: false })).toBe(expected);
  });

  it("has a row for every operator, both true and false", () => {
    for (const { value } of OPERATORS) {
      const outcomes = new Set(
        ROWS.filter(([, operator]) => operator === value).map(([, , , expected]) => expected),
      );
      expect(outcomes.size, value).toBe(2);
    }
  });

  it.each([
    ["Contractor", "equals", "contractor"],
    ["Engineering", "contains", "ENG"],
    ["Ann", "startsWith", "ann"],
    ["Ann", "endsWith", "NN"],
    ["a", "inList", ["A"]],
  ] as const)("tells %j %s %j apart where letter case matters", (left, operator, right) => {
    const of = (caseSensitive: boolean) =>
      compare({ left, operator, right: [right].flat()[0] ?? null, caseSensitive });
    expect([of(false), of(true)]).toEqual([true, false]);
  });

  it.each([
    [5, "abc"],
    ["abc", 5],
    [true, 1],
    [{ a: 1 }, { a: 2 }],
    [["a"], "a"],
    ["2026-11-21", 5],
  ] as Json[][])("refuses to order %j and %j", (left, right) => {
    expect(() => compare({ left, operator: "greater", right, caseSensitive: false })).toThrow(CardError);
  });
});

describe("operatorOf", () => {
  it("knows its operators and no others", () => {
    expect(operatorOf("equals")).toBe("equals");
    expect(() => operatorOf("==")).toThrow(CardError);
    expect(() => operatorOf(undefined)).toThrow(CardError);
  });
});

describe("describeComparison", () => {
  it("is a sentence, and short", () => {
    expect(describeComparison({ left: "Sales", operator: "equals", right: "Eng" })).toBe(
      '"Sales" equals "Eng"',
    );
    expect(describeComparison({ left: null, operator: "isNotEmpty", right: 1 })).toBe("(empty) is not empty");
    const long = describeComparison({ left: "x".repeat(500), operator: "equals", right: [1, 2] });
    expect(long.length).toBeLessThan(100);
    expect(long).toContain("…");
  });
});
