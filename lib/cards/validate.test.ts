import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardNode, Edge, FlowDocument } from "../flow/document.ts";
import { document as anyDocument } from "../flow/test-documents.ts";
import type { Value } from "../flow/value.ts";
import { testCatalogue } from "./test-catalogue.ts";
import { canPublish, type ValidateContext, validate } from "./validate.ts";

type Inputs = { [key: string]: Value };

const event: CardNode = { card: "test.event", v: 1, connection: "okta" };
const read = (inputs: Inputs = { user: { ref: ["e", "user", "id"] } }): CardNode => ({
  card: "test.read",
  v: 1,
  connection: "okta",
  inputs,
});
const create = (inputs: Inputs = {}, options: CardNode["options"] = {}): CardNode => ({
  card: "test.create",
  v: 2,
  connection: "okta",
  inputs: { profile: { object: { login: { value: "ann" } } }, ...inputs },
  options: { event: "any", ...options },
});

/** "e>r" leads on; "if?true>a" by a way out. */
function flow(cards: Record<string, CardNode>, lines = ""): FlowDocument {
  const edges = lines.split(" ").flatMap((line): Edge[] => {
    const [, from, out = "next", to] = /^(\w+)(?:\?(\w+))?>(\w+)$/.exec(line) ?? [];
    return from && to ? [{ from, out, to }] : [];
  });
  return { format: 1, name: "Test", cards, edges, layout: {} };
}
const check = (document: FlowDocument, context?: ValidateContext) =>
  validate(document, testCatalogue, context);
const codes = (document: FlowDocument, context?: ValidateContext) =>
  check(document, context).map(({ code }) => code);
/** Issues of one action card right behind the event. */
const checkCard = (node: CardNode, context?: ValidateContext) =>
  check(flow({ e: event, a: node }, "e>a"), context);

/** Random documents made of cards there are, with inputs that fit or don't. */
const catalogueDocument = fc
  .tuple(
    anyDocument,
    fc.array(
      fc.constantFrom("test.read", "test.create", "test.compose", "test.assign", "test.if", "test.note", "x"),
    ),
    fc.array(fc.constantFrom("user", "profile", "level", "groups", "text", "left", "other")),
  )
  .map(([document, kinds, keys]): FlowDocument => {
    const cards = Object.entries(document.cards).map(
      ([id, { title: _, ...node }], index): [string, CardNode] => {
        const inputs = Object.values(node.inputs ?? {}).map((input, at): [string, Value] => [
          keys[at] ?? "profile",
          input,
        ]);
        const card = index === 0 ? "test.event" : (kinds[index] ?? "test.create");
        return [id, { ...node, card, inputs: Object.fromEntries(inputs) }];
      },
    );
    return { ...document, cards: Object.fromEntries(cards) };
  });

describe("any document", () => {
  it("is checked without an exception, and its messages are sentences without card ids", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(catalogueDocument, (document) => {
        for (const { code, message, card } of check(document)) {
          seen.add(code);
          expect(message).toMatch(/\.$/);
          expect(message).not.toMatch(/[“"]c\d[”"]/);
          if (card !== undefined) expect(Object.keys(document.cards)).toContain(card);
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining(["missing-input", "unknown-output", "wrong-type", "not-before"]),
    );
  });
});

describe("a sound flow", () => {
  it("has no issues", () => {
    const sound = flow(
      {
        e: event,
        r: read(),
        i: { card: "test.if", v: 1, inputs: { left: { ref: ["r", "profile", "customAttribute"] } } },
        c: create({
          profile: { object: { login: { ref: ["r", "email"] } } },
          groups: { ref: ["e", "groups", "name"] },
        }),
        n: { card: "test.note", v: 1, inputs: { whatever: { ref: ["gone"] } } },
      },
      "e>r r>i i?true>c",
    );
    expect(check(sound, { connections: [{ alias: "okta", connector: "okta" }] })).toEqual([]);
    expect(canPublish(check(sound))).toBe(true);
  });
});

describe("how a flow starts", () => {
  it("needs an event card, exactly one", () => {
    expect(check(flow({}))).toEqual([
      { severity: "error", code: "no-event", message: "Nothing starts this flow: add an event card." },
    ]);
    expect(check(flow({ e: event, f: { ...event, title: "Second" } }))).toMatchObject([
      { code: "many-events", card: "f", message: expect.stringContaining("“Second”") },
    ]);
  });

  it("is not complained about twice while the event card is unknown", () => {
    expect(codes(flow({ e: { card: "gone.event", v: 1 } }))).toEqual(["unknown-card"]);
  });
});

describe("cards", () => {
  it("must be in the catalogue, in this version or a newer one", () => {
    expect(codes(flow({ e: event, a: { card: "test.gone", v: 1 } }, "e>a"))).toContain("unknown-card");
    expect(checkCard({ ...read(), v: 9 })).toMatchObject([{ code: "unknown-card", card: "a" }]);
    expect(checkCard({ ...create(), v: 1 })).toEqual([]);
  });

  it("that nothing leads to never run, which is a warning", () => {
    const lost = check(flow({ e: event, r: read({ user: { value: "x" } }) }));
    expect(lost).toMatchObject([{ severity: "warning", code: "unreachable", card: "r" }]);
    expect(canPublish(lost)).toBe(true);
  });

  it("may not stand inside a card that holds none", () => {
    expect(checkCard({ ...read(), parent: { card: "e", lane: "body" } })).toMatchObject([
      { code: "edge-across-lanes" },
      {
        code: "no-lane",
        message: "“Read User” stands inside “User Created”, which holds no other cards: move it out.",
      },
    ]);
  });

  it("need a connection of their own system", () => {
    const connections = [
      { alias: "okta", connector: "okta" },
      { alias: "mail", connector: "email" },
    ];
    const codesWith = (connection?: string) =>
      checkCard({ ...read(), connection }, { connections }).map(({ code }) => code);
    expect(codesWith("okta")).toEqual([]);
    expect(codesWith(undefined)).toEqual(["missing-connection"]);
    expect(codesWith("gone")).toEqual(["unknown-connection"]);
    expect(codesWith("mail")).toEqual(["wrong-connection"]);
    expect(checkCard({ ...read(), connection: "gone" })).toEqual([]);
  });

  it("have options among their choices, and any text where a picker offers them", () => {
    expect(checkCard(create({}, { mode: "other" }))).toMatchObject([
      { code: "wrong-option", message: expect.stringContaining("Without password, With password") },
    ]);
    expect(checkCard(create({}, { event: "user.anything" }))).toEqual([]);
    expect(checkCard(create({}, { event: "" }))).toMatchObject([{ code: "missing-option" }]);
    expect(checkCard(create({}, { mode: 5 }))).toMatchObject([{ code: "wrong-option" }]);
    expect(checkCard(create({}, { toString: "x" }))).toMatchObject([
      { severity: "warning", code: "unknown-option" },
    ]);
  });
});

describe("lines between cards", () => {
  it("need both their cards", () => {
    expect(check(flow({ e: event }, "e>gone"))).toMatchObject([
      { code: "dangling-edge", card: "e", message: expect.stringContaining("“User Created”") },
    ]);
    expect(check(flow({ e: event }, "a>b"))).toMatchObject([{ code: "dangling-edge" }]);
  });

  it("never lead into an event or to a note", () => {
    expect(codes(flow({ e: event, r: read() }, "e>r r>e"))).toContain("edge-into-event");
    expect(codes(flow({ e: event, n: { card: "test.note", v: 1 } }, "e>n"))).toContain("edge-at-note");
  });

  it("leave by a way out the card has", () => {
    expect(check(flow({ e: event, r: read() }, "e?true>r"))).toMatchObject([
      { code: "unknown-exit", card: "e" },
    ]);
    const ended = check(flow({ e: event, x: { card: "test.return", v: 1 }, r: read() }, "e>x x>r"));
    expect(ended).toMatchObject([
      { code: "unknown-exit", message: expect.stringContaining("ends the flow") },
    ]);
  });

  it("are drawn once", () => {
    expect(codes(flow({ e: event, r: read() }, "e>r e>r"))).toEqual(["duplicate-edge"]);
  });

  it("never go round in a circle, whose cards are named", () => {
    const round = check(
      flow({ e: event, a: { ...read(), title: "First" }, b: { ...read(), title: "Second" } }, "e>a a>b b>a"),
    );
    expect(round.map(({ code, card }) => [code, card])).toEqual([
      ["cycle", expect.stringMatching(/[ab]/)],
      ["cycle", expect.stringMatching(/[ab]/)],
    ]);
    expect(round[0]?.message).toContain("“First”");
    expect(round[0]?.message).toContain("“Second”");
    expect(check(flow({ e: event, a: read() }, "e>a a>a"))).toMatchObject([
      { code: "cycle", message: "“Read User” leads to itself: remove that line." },
    ]);
  });
});

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
