import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardNode, FlowDocument } from "../flow/document.ts";
import { document as anyDocument } from "../flow/test-documents.ts";
import type { Value } from "../flow/value.ts";
import { check, checkCard, codes, create, event, flow, read } from "./test-flows.ts";
import { canPublish } from "./validate.ts";

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
    expect(checkCard(create({}, { kind: "b.c.d" }))).toEqual([]);
    expect(checkCard(create({}, { kind: "b c d" }))).toMatchObject([
      { code: "wrong-option", message: expect.stringMatching(/is “b c d”: type letters with dots between/) },
    ]);
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

describe("a flow to call when a card fails", () => {
  const called = "0198c0de-0000-7000-8000-000000000001";
  const calling = (flow?: string) => checked({ after: "call", ...(flow === undefined ? {} : { flow }) });
  const checked = (onError: CardNode["onError"]) => flow({ e: event, r: { ...read(), onError } }, "e>r");

  it("has to be chosen", () => {
    expect(codes(calling())).toContain("no-call");
  });

  it("is taken as it is where nobody knows which flows there are", () => {
    expect(codes(calling(called))).toEqual([]);
  });

  it("has to be there, and should be one that can be called", () => {
    const known = (callable: boolean) => ({ flows: [{ id: called, name: "Tell IT", callable }] });
    expect(check(calling(called), { flows: [] })).toEqual([
      expect.objectContaining({ code: "call-gone", severity: "error", card: "r" }),
    ]);
    expect(check(calling(called), known(false))).toEqual([
      expect.objectContaining({ code: "call-not-live", severity: "warning", card: "r" }),
    ]);
    expect(codes(calling(called), known(true))).toEqual([]);
  });
});
