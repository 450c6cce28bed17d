import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../flow/json.ts";
import { json, ref, value } from "../flow/test-documents.ts";
import type { Ref } from "../flow/value.ts";
import { asText, lookupIn, resolveInputs } from "./resolve-inputs.ts";

const outputs: JsonObject = {
  user: { id: "00u1", tags: ["a", "b"], age: 30, active: false, nothing: null },
  groups: [{ name: "Staff", roles: ["x", "y"] }, { name: "Sales", roles: ["z"] }, { other: 1 }],
  none: [],
};
const lookup = lookupIn(new Map([["c1", outputs]]));

describe("looking a reference up", () => {
  it.each<[string, unknown]>([
    ["c1.user.id", "00u1"],
    ["c1.user.age", 30],
    ["c1.user.nothing", null],
    ["c1.user.missing", undefined],
    ["c1.groups.0.name", "Staff"],
    ["c1.groups.7.name", undefined],
    ["c1.groups.name", ["Staff", "Sales"]],
    ["c1.groups.roles", ["x", "y", "z"]],
    ["c1.groups.roles.0", ["x", "z"]],
    ["c1.groups.missing", undefined],
    ["c1.none.name", []],
    ["c1.user.tags.1", "b"],
    ["c9.user", undefined],
  ])("%s", (path, expected) => {
    const [card = "", ...rest] = path.split(".");
    expect(lookup([card, ...rest])).toEqual(expected);
  });

  it("gives all outputs of a card for its id alone", () => {
    expect(lookup(["c1"])).toBe(outputs);
  });

  it("never reaches what an object, list or text only inherits", () => {
    const keys = [
      "__proto__",
      "constructor",
      "prototype",
      "length",
      "toString",
      "hasOwnProperty",
      "map",
      "at",
      "-1",
      "00",
    ];
    const starts: Ref[] = [
      ["c1"],
      ["c1", "user"],
      ["c1", "user", "id"],
      ["c1", "groups"],
      ["c1", "user", "tags"],
    ];
    for (const start of starts) {
      for (const key of keys) expect(lookup([...start, key])).toBeUndefined();
    }
    expect(lookup(["constructor", "name"])).toBeUndefined();
  });

  it("finds only JSON that is there, for any value and path", () => {
    fc.assert(
      fc.property(json, ref(["c1"]), (given, path) => {
        const found = lookupIn(new Map([["c1", { login: given }]]))(path);
        expect(["function", "symbol"]).not.toContain(typeof found);
        if (found !== undefined) expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
    );
  });
});

describe("resolving inputs", () => {
  it("keeps literals and what references find as they are, and leaves out what they don't", () => {
    expect(
      resolveInputs(
        {
          literal: { value: { a: [1, null] } },
          blank: { value: null },
          id: { ref: ["c1", "user", "id"] },
          gone: { ref: ["c1", "user", "missing"] },
          list: { list: [{ value: 1 }, { ref: ["c9"] }, { ref: ["c1", "user", "age"] }] },
          object: { object: { id: { ref: ["c1", "user", "id"] }, gone: { ref: ["c9"] } } },
        },
        lookup,
      ),
    ).toEqual({ literal: { a: [1, null] }, blank: null, id: "00u1", list: [1, 30], object: { id: "00u1" } });
    expect(resolveInputs(undefined, lookup)).toEqual({});
  });

  it("renders anything inside a text", () => {
    const text = (path: Ref) => resolveInputs({ t: { text: ["<", { ref: path }, ">"] } }, lookup).t;
    expect(text(["c1", "user", "age"])).toBe("<30>");
    expect(text(["c1", "user", "active"])).toBe("<false>");
    expect(text(["c1", "user", "nothing"])).toBe("<>");
    expect(text(["c1", "user", "missing"])).toBe("<>");
    expect(text(["c1", "user", "tags"])).toBe("<a, b>");
    expect(text(["c1", "groups", "0"])).toBe('<{"name":"Staff","roles":["x","y"]}>');
    expect(asText([1, [true, null]])).toBe("1, true, ");
  });

  it("gives plain data with no key of its own invention, for any inputs", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("a", "toString", "__proto__"), value(["c1", "c2"])),
        (inputs) => {
          const resolved = resolveInputs(inputs, lookup);
          expect(Object.getPrototypeOf(resolved)).toBe(Object.prototype);
          for (const key of Object.keys(resolved)) expect(Object.hasOwn(inputs, key)).toBe(true);
          expect(() => JSON.stringify(resolved)).not.toThrow();
        },
      ),
    );
  });
});
