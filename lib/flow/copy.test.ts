import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "./apply.ts";
import { copyCards, parseClip, pasteClip } from "./copy.ts";
import { type FlowDocument, flowDocumentSchema } from "./document.ts";
import { newCardId } from "./new-id.ts";
import { operationSchema } from "./operations.ts";
import { refsInCard } from "./references.ts";
import { document } from "./test-documents.ts";

const flow: FlowDocument = {
  format: 1,
  name: "Onboarding",
  cards: {
    c1: { card: "test.event", v: 1 },
    c2: { card: "test.read", v: 1, inputs: { user: { ref: ["c1", "user", "id"] } } },
    c3: {
      card: "test.write",
      v: 1,
      title: "Tell them",
      inputs: {
        to: { ref: ["c2", "email"] },
        text: { text: ["Hi ", { ref: ["c2", "name"] }, " of ", { ref: ["c1", "org"] }] },
      },
    },
  },
  edges: [
    { from: "c1", out: "next", to: "c2" },
    { from: "c2", out: "next", to: "c3" },
  ],
  layout: { c1: [0, 0], c2: [300, 40], c3: [600, 100] },
};

describe("duplicating cards", () => {
  it("gives them new ids, keeps their edges and lets references follow", () => {
    const after = apply(flow, pasteClip(flow, copyCards(flow, ["c2", "c3"]), [50, 60]));
    expect(after.cards.c4).toEqual(flow.cards.c2);
    expect(after.cards.c5).toEqual({
      ...flow.cards.c3,
      inputs: {
        to: { ref: ["c4", "email"] },
        text: { text: ["Hi ", { ref: ["c4", "name"] }, " of ", { ref: ["c1", "org"] }] },
      },
    });
    expect(after.edges.slice(2)).toEqual([{ from: "c4", out: "next", to: "c5" }]);
    expect([after.layout.c4, after.layout.c5]).toEqual([
      [50, 60],
      [350, 120],
    ]);
  });

  it("is undone by removing the copies", () => {
    fc.assert(
      fc.property(document, fc.subarray(["c1", "c2", "c3", "c4"]), (given, ids) => {
        const paste = pasteClip(given, copyCards(given, ids), [0, 0]);
        const added = paste.operations.flatMap((operation) =>
          operation.op === "addCard" ? [operation.id] : [],
        );
        expect(apply(apply(given, paste), { op: "removeCards", ids: added })).toEqual(given);
      }),
    );
  });
});

describe("pasting into any flow", () => {
  it("keeps it valid and refers to no card that is not there", () => {
    fc.assert(
      fc.property(document, document, fc.subarray(["c1", "c2", "c3", "c4", "c5"]), (from, into, ids) => {
        const clip = parseClip(JSON.stringify(copyCards(from, ids)));
        if (!clip) throw new Error("A clip of ours was refused.");
        const paste = pasteClip(into, clip, [10, 10]);
        expect(operationSchema.safeParse(paste).success).toBe(true);
        const after = apply(into, paste);
        expect(flowDocumentSchema.safeParse(after).success).toBe(true);
        for (const [id, node] of Object.entries(into.cards)) expect(after.cards[id]).toBe(node);
        for (const { ref } of Object.values(after.cards).flatMap(refsInCard)) {
          expect(Object.keys(after.cards)).toContain(ref[0]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("drops references to a card that is another one there", () => {
    const other: FlowDocument = {
      ...flow,
      cards: { c1: { card: "test.otherEvent", v: 1 } },
      edges: [],
      layout: {},
    };
    const after = apply(other, pasteClip(other, copyCards(flow, ["c2"]), [0, 0]));
    expect(after.cards.c2).toEqual({ card: "test.read", v: 1 });
  });

  it("drops references into a lane the pasted card does not stand in, and keeps them inside it", () => {
    const lane = { card: "c2", lane: "body" };
    const loop: FlowDocument = {
      ...flow,
      cards: {
        ...flow.cards,
        c5: { card: "test.read", v: 1, parent: lane },
        c6: { card: "test.write", v: 1, parent: lane, inputs: { to: { ref: ["c5", "email"] } } },
      },
    };
    const inside = pasteClip(loop, copyCards(loop, ["c6"]), [0, 0]);
    expect(inside.operations[0]).toMatchObject({
      id: "c7",
      node: { parent: lane, inputs: { to: { ref: ["c5", "email"] } } },
    });
    const { parent: _, ...free } = copyCards(loop, ["c6"]).cards.c6 ?? { card: "", v: 1 };
    const outside = pasteClip(loop, { ...copyCards(loop, ["c6"]), cards: { c6: free } }, [0, 0]);
    expect(outside.operations[0]).toMatchObject({ node: { card: "test.write" } });
    expect(JSON.stringify(outside)).not.toContain("c5");
  });

  it("takes a container with all it holds, and points its cards to the new one", () => {
    const loop: FlowDocument = {
      ...flow,
      cards: {
        c1: { card: "test.each", v: 1 },
        c2: { card: "test.read", v: 1, parent: { card: "c1", lane: "body" } },
      },
      edges: [],
    };
    const after = apply(loop, pasteClip(loop, copyCards(loop, ["c1"]), [0, 0]));
    expect(after.cards.c4?.parent).toEqual({ card: "c3", lane: "body" });
  });
});

describe("reading the clipboard", () => {
  it("takes nothing but clips, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseClip(text)).toBeNull();
      }),
    );
    expect(parseClip("[".repeat(100_000) + "]".repeat(100_000))).toBeNull();
  });

  it("pastes edges to nowhere, circles and missing places without harm", () => {
    const clip = parseClip(
      JSON.stringify({
        flowdeck: "cards",
        format: 1,
        cards: {
          a: { card: "x", v: 1, parent: { card: "b", lane: "l" } },
          b: { card: "x", v: 1, parent: { card: "a", lane: "l" } },
        },
        edges: [
          { from: "a", out: "next", to: "a" },
          { from: "a", out: "next", to: "gone" },
          { from: "a", out: "next", to: "b" },
        ],
        layout: {},
        outside: {},
      }),
    );
    if (!clip) throw new Error("The clip was refused.");
    const after = apply(flow, pasteClip(flow, clip, [5, 5]));
    expect(flowDocumentSchema.safeParse(after).success).toBe(true);
    expect(after.edges.slice(2)).toEqual([{ from: "c4", out: "next", to: "c5" }]);
  });
});

describe("new ids", () => {
  it("are one above the highest, so that a removed card's id does not come back in a gap", () => {
    const withIds = (...ids: string[]) => ({
      cards: Object.fromEntries(ids.map((id) => [id, { card: "x", v: 1 }])),
    });
    expect(newCardId(withIds())).toBe("c1");
    expect(newCardId(withIds("c1", "c3", "start", "c10"))).toBe("c11");
    expect(newCardId(withIds("c1"), ["c7"])).toBe("c8");
    expect(newCardId(withIds("c99999999999999999999"))).toBe("c1");
  });
});
