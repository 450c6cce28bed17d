import { describe, expect, it } from "vitest";
import type { CardNode } from "../flow/document.ts";
import type { Value } from "../flow/value.ts";
import { check, checkCard, create, event, flow, type Inputs, read } from "./test-flows.ts";

describe("required inputs", () => {
  it("must hold something", () => {
    const blanks: Inputs[] = [
      {},
      { user: { value: "" } },
      { user: { value: null } },
      { user: { text: [] } },
      { user: { text: [""] } },
      { user: { list: [] } },
    ];
    for (const inputs of blanks) {
      expect(checkCard(read(inputs))).toEqual([
        {
          severity: "error",
          code: "missing-input",
          message: "“Read User” needs ID or Login: fill it in or map it.",
          card: "a",
          field: ["user"],
        },
      ]);
    }
  });

  it("of an object are named one by one, not the object", () => {
    const { inputs: _, ...empty } = create();
    expect(checkCard(empty)).toMatchObject([{ code: "missing-input", field: ["profile", "login"] }]);
    expect(checkCard(create({ profile: { value: { city: "Bonn" } } }))).toMatchObject([
      { field: ["profile", "login"] },
    ]);
  });

  it("hidden by an option are neither missing nor unknown", () => {
    expect(checkCard(create({ password: { value: "secret" } }))).toEqual([]);
    expect(checkCard(create({}, { mode: "password" }))).toMatchObject([
      { code: "missing-input", field: ["password"] },
    ]);
  });
});

describe("values", () => {
  it("that can't become what their field asks for are errors at the field", () => {
    expect(checkCard(create({ level: { value: "high" } }))).toMatchObject([
      { code: "wrong-type", field: ["level"] },
    ]);
    expect(checkCard(create({ level: { value: "3" } }))).toEqual([]);
    expect(checkCard(create({ level: { text: ["3", "x"] } }))).toMatchObject([
      { code: "wrong-type", field: ["level"] },
    ]);
    expect(checkCard(create({ state: { value: "DONE" } }))).toMatchObject([
      { code: "not-a-choice", field: ["state"] },
    ]);
    expect(checkCard(create({ level: { object: {} } }))).toMatchObject([{ code: "wrong-type" }]);
    expect(checkCard(create({ level: { list: [{ value: 1 }, { value: 2 }] } }))).toMatchObject([
      { code: "wrong-type" },
    ]);
    expect(checkCard(create({ address: { object: { zip: { value: "x" } } } }))).toMatchObject([
      { code: "wrong-type", field: ["address", "zip"] },
    ]);
  });

  it("of secret fields never stand in a message", () => {
    const wrong = checkCard(
      create({ password: { value: { pin: "hunter2" } }, level: { value: "x" } }, { mode: "password" }),
    );
    expect(JSON.stringify(wrong)).not.toContain("hunter2");
  });

  it("for fields the card does not have are errors, except where the connection may know them", () => {
    expect(checkCard(create({ toString: { value: 1 } }))).toMatchObject([
      { code: "unknown-field", field: ["toString"] },
    ]);
    expect(checkCard(create({ address: { object: { town: { value: "x" } } } }))).toMatchObject([
      { severity: "error", code: "unknown-field", field: ["address", "town"] },
    ]);
    const custom = create({ profile: { object: { login: { value: "x" }, badge: { value: "7" } } } });
    expect(checkCard(custom)).toEqual([]);
    const grown = () => ({ "test.profile": { costCenter: { type: "text" as const, label: "Cost center" } } });
    expect(checkCard(custom, { grown })).toMatchObject([{ severity: "warning", code: "unknown-field" }]);
  });
});

describe("references", () => {
  const withRef = (ref: [string, ...string[]]) => checkCard(create({ level: { ref } }));

  it("need a card that is there and comes before", () => {
    expect(withRef(["gone", "id"])).toMatchObject([{ code: "dangling-reference", field: ["level"] }]);
    expect(withRef(["constructor", "name"])).toMatchObject([{ code: "dangling-reference" }]);
    expect(withRef(["a", "id"])).toMatchObject([
      { code: "not-before", message: expect.stringContaining("itself") },
    ]);
    const beside = flow({ e: event, r: read(), c: create({ level: { ref: ["r", "email"] } }) }, "e>r e>c");
    expect(check(beside)).toMatchObject([
      { code: "not-before", card: "c", message: expect.stringContaining("“Read User”") },
    ]);
  });

  it("need an output the card declares, or one that may be there", () => {
    expect(withRef(["e", "nothing"])).toMatchObject([{ code: "unknown-output" }]);
    expect(withRef(["e", "user", "age"])).toMatchObject([{ code: "unknown-output" }]);
    expect(withRef(["e", "count", "toFixed"])).toMatchObject([{ code: "unknown-output" }]);
    expect(withRef(["e", "raw", "any", "thing"])).toEqual([]);
  });

  it("need a type that can become the field's", () => {
    expect(withRef(["e", "groups"])).toMatchObject([
      {
        code: "impossible-mapping",
        field: ["level"],
        message: expect.stringContaining("Groups of “User Created”"),
      },
    ]);
    expect(withRef(["e", "active"])).toMatchObject([{ code: "impossible-mapping" }]);
    expect(withRef(["e"])).toMatchObject([{ code: "impossible-mapping" }]);
    expect(withRef(["e", "count"])).toEqual([]);
    expect(withRef(["e", "user", "id"])).toEqual([]);
  });

  it("are checked in texts, lists, objects and unknown attributes alike", () => {
    const gone: Value = { ref: ["gone"] };
    const inputs: Inputs[] = [
      { state: { text: ["x", { ref: ["gone"] }] } },
      { groups: { list: [{ value: "x" }, gone] } },
      { profile: { object: { login: { value: "x" }, city: gone } } },
      { profile: { object: { login: { value: "x" }, badge: gone } } },
      { state: { object: { a: gone } } },
      { state: { list: [gone, { value: 1 }] } },
    ];
    for (const one of inputs) expect(checkCard(create(one))).toMatchObject([{ code: "dangling-reference" }]);
  });

  it("to a branch that may be skipped are a warning where the input is required", () => {
    const branch: CardNode = { card: "test.if", v: 1, inputs: { left: { value: 1 } } };
    const joined = (inputs: Inputs) =>
      check(flow({ e: event, i: branch, r: read(), c: create(inputs) }, "e>i i?true>r r>c i?false>c"));
    expect(joined({ profile: { object: { login: { ref: ["r", "email"] } } } })).toMatchObject([
      { severity: "warning", code: "may-be-empty", field: ["profile", "login"] },
    ]);
    expect(joined({ profile: { object: { login: { text: ["x", { ref: ["r", "email"] }] } } } })).toEqual([]);
    expect(joined({ state: { ref: ["r", "email"] } })).toEqual([]);
  });
});

describe("own fields", () => {
  const assign = (fields: unknown, inputs: Inputs = {}): CardNode => ({
    card: "test.assign",
    v: 1,
    inputs,
    options: JSON.parse(JSON.stringify({ fields })),
  });

  it("are inputs and outputs like any other", () => {
    const mapped = flow(
      {
        e: event,
        a: assign([{ key: "total", label: "Total", type: "number" }], { total: { value: 3 } }),
        c: create({ level: { ref: ["a", "total"] } }),
      },
      "e>a a>c",
    );
    expect(check(mapped)).toEqual([]);
    expect(
      checkCard(assign([{ key: "total", label: "Total", type: "number" }], { total: { value: "x" } })),
    ).toMatchObject([{ code: "wrong-type", field: ["total"] }]);
  });

  it("must be readable, each named once and unlike the card's own", () => {
    expect(checkCard(assign("x"))).toMatchObject([{ code: "own-fields" }]);
    expect(checkCard(assign([{ key: "constructor", label: "x", type: "text" }]))).toMatchObject([
      { code: "own-fields" },
    ]);
    const twice = { key: "a", label: "A", type: "text" };
    expect(checkCard(assign([twice, twice]))).toMatchObject([{ code: "own-fields", field: ["a"] }]);
    expect(checkCard(assign([{ key: "note", label: "Mine", type: "text" }]))).toMatchObject([
      { code: "own-fields" },
    ]);
  });
});
