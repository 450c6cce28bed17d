import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "./apply.ts";
import { describeChange } from "./describe-change.ts";
import { diffDocuments, sameToPublish } from "./diff.ts";
import type { FlowDocument } from "./document.ts";
import type { Operation } from "./operations.ts";
import { document, value } from "./test-documents.ts";

const flow: FlowDocument = {
  format: 1,
  name: "Onboarding",
  cards: {
    c1: { card: "test.event", v: 1, connection: "okta" },
    c2: {
      card: "test.create",
      v: 1,
      title: "Create them",
      connection: "okta",
      options: { mode: "plain" },
      inputs: { profile: { object: { login: { ref: ["c1", "email"] }, city: { value: "Bonn" } } } },
    },
  },
  edges: [{ from: "c1", out: "next", to: "c2" }],
  layout: { c1: [0, 0], c2: [300, 0] },
};
const titleOf = (id: string) => ({ c1: "User Created", c2: "Create them" })[id] ?? id;

function changesOf(...operations: Operation[]) {
  const after = operations.reduce(apply, flow);
  const changes = diffDocuments(flow, after);
  return { changes, sentences: changes.map((change) => describeChange(change, titleOf)) };
}

describe("what publishing would change", () => {
  it("is nothing for the same document, however its keys are ordered and its cards placed", () => {
    fc.assert(
      fc.property(document, (given) => {
        const reversed = JSON.parse(JSON.stringify(given), (_, part) =>
          part && typeof part === "object" && !Array.isArray(part)
            ? Object.fromEntries(Object.entries(part).reverse())
            : part,
        );
        expect(diffDocuments(given, { ...reversed, layout: {} })).toEqual([]);
        expect(sameToPublish(given, structuredClone(given))).toBe(true);
      }),
    );
  });

  it("names the input that was set, and only that", () => {
    fc.assert(
      fc.property(document, value([]), (given, set) => {
        fc.pre("c1" in given.cards);
        const after = apply(given, { op: "setInput", id: "c1", path: ["fresh"], value: set });
        const changes = diffDocuments(given, after);
        expect(changes.length).toBeGreaterThan(0);
        for (const change of changes) {
          expect(change).toMatchObject({
            kind: "input-changed",
            card: "c1",
            path: expect.arrayContaining(["fresh"]),
          });
        }
      }),
    );
  });

  it("names one nested field, with what it was and what it is", () => {
    const { changes, sentences } = changesOf({
      op: "setInput",
      id: "c2",
      path: ["profile", "city"],
      value: { text: ["from ", { ref: ["c1", "city"] }] },
    });
    expect(changes).toEqual([
      {
        kind: "input-changed",
        card: "c2",
        path: ["profile", "city"],
        before: { value: "Bonn" },
        after: { text: ["from ", { ref: ["c1", "city"] }] },
      },
    ]);
    expect(sentences).toEqual([
      "“Create them”: profile › city is now “from {User Created › city}” (before: “Bonn”).",
    ]);
  });

  it("names names, cards, edges, options, connections and retries", () => {
    const { sentences } = changesOf(
      { op: "rename", name: "Joiners" },
      { op: "describe", description: "Makes accounts" },
      { op: "setTitle", id: "c2", title: "Make them" },
      { op: "setConnection", id: "c2", connection: "other" },
      { op: "setOption", id: "c2", option: "mode", value: "full" },
      { op: "setOnError", id: "c2", onError: { retry: 3 } },
      { op: "addCard", id: "c3", node: { card: "test.end", v: 1 }, at: [0, 0] },
      { op: "connect", edge: { from: "c2", out: "true", to: "c3" } },
      { op: "setInput", id: "c2", path: ["profile", "city"], value: null },
      { op: "disconnect", edge: { from: "c1", out: "next", to: "c2" } },
    );
    expect(sentences).toEqual([
      "The flow is now called “Joiners” (before: “Onboarding”).",
      "The description of the flow changed.",
      "“Create them” is now called “Create them”.",
      "“Create them” acts through other (before: okta).",
      "“Create them”: mode is now “full” (before: “plain”).",
      "“Create them”: profile › city was emptied (before: “Bonn”).",
      "What happens when “Create them” fails changed.",
      "“c3” was added.",
      "“c3” now comes after “Create them” (true).",
      "“Create them” no longer comes after “User Created”.",
    ]);
  });

  it("names a setting of the flow, with what it was and what it is", () => {
    const before = { ...flow, settings: { keepDays: 5 } };
    const after = apply(before, { op: "setSettings", settings: { keepDays: 9, keep: "never" } });
    expect(diffDocuments(before, after).map((change) => describeChange(change, titleOf))).toEqual([
      "The flow: Inputs and outputs kept is now “Never” (before: “Always”).",
      "The flow: Days kept is now 9 (before: 5).",
    ]);
  });

  it("names settings alone, in words, and in a first version too", () => {
    const settings = { concurrency: 1, order: "per-user", writesPerHour: 2500 } as const;
    const after = apply(flow, { op: "setSettings", settings });
    const words = diffDocuments(flow, after).map((change) => describeChange(change, titleOf));
    expect(words).toEqual([
      "The flow: Executions at the same time is now 1 (before: as many as there is room for).",
      "The flow: Order is now “One after the other for each person” (before: “As events arrive”).",
      "The flow: Writes in an hour before approval is now 2,500 (before: no limit).",
    ]);
    const first = diffDocuments(null, after).map((change) => describeChange(change, titleOf));
    expect(first).toEqual(expect.arrayContaining(words));
  });

  it("names a removed card once, and its edges", () => {
    expect(changesOf({ op: "removeCards", ids: ["c2"] }).changes.map(({ kind }) => kind)).toEqual([
      "card-removed",
      "edge-removed",
    ]);
  });

  it("takes another card under the same id for a removed and an added one", () => {
    const other: FlowDocument = { ...flow, cards: { ...flow.cards, c2: { card: "test.delete", v: 1 } } };
    expect(diffDocuments(flow, other).map(({ kind }) => kind)).toEqual(["card-removed", "card-added"]);
  });

  it("is every card and edge the first time", () => {
    expect(diffDocuments(null, flow).map(({ kind }) => kind)).toEqual([
      "card-added",
      "card-added",
      "edge-added",
    ]);
  });

  it("tells the two sides apart: undoing a change is the change the other way round", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const there = diffDocuments(before, after);
        const back = diffDocuments(after, before);
        expect(back).toHaveLength(there.length);
        expect(sameToPublish(before, after)).toBe(there.length === 0);
      }),
    );
  });
});

it("never shows the value of a secret field", () => {
  const [change] = changesOf({
    op: "setInput",
    id: "c2",
    path: ["password"],
    value: { value: "hunter2" },
  }).changes;
  if (!change) throw new Error("Nothing changed.");
  const sentence = describeChange(change, titleOf, () => ({ label: "Password", secret: true }));
  expect(sentence).toBe("“Create them”: Password changed.");
});

it("shortens long values", () => {
  const { sentences } = changesOf({
    op: "setInput",
    id: "c2",
    path: ["note"],
    value: { value: "x".repeat(500) },
  });
  expect(sentences[0]?.length).toBeLessThan(130);
});
