import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, OperationError } from "./apply.ts";
import { emptyDocument, type FlowDocument, flowDocumentSchema } from "./document.ts";
import { type Operation, operationSchema } from "./operations.ts";
import { refsInCard } from "./references.ts";
import type { FlowSettings } from "./settings.ts";
import { deepFreeze, document, json, key, value } from "./test-documents.ts";

const anyId = fc.constantFrom("c1", "c2", "c3", "c4", "c9", "toString", "constructor");
const edge = fc.record({ from: anyId, out: fc.constantFrom("next", "true"), to: anyId });
const place = fc.tuple(fc.integer(), fc.integer());
const someValue = value(["c1", "c2", "c3"]);

const simpleOperation = fc.oneof(
  fc.record({ op: fc.constant("rename"), name: fc.constantFrom("A", "", "B".repeat(300)) }),
  fc.record({ op: fc.constant("describe"), description: fc.constantFrom("", "What it does") }),
  fc.record({
    op: fc.constant("setSettings"),
    settings: fc.constantFrom<FlowSettings[]>({}, { keep: "never" }, { keepDays: 5, keep: "on-failure" }),
  }),
  fc.record({
    op: fc.constant("addCard"),
    id: anyId,
    node: fc.constant({ card: "test.action", v: 1 }),
    at: place,
  }),
  fc.record({ op: fc.constant("removeCards"), ids: fc.array(anyId, { maxLength: 3 }) }),
  fc.record({ op: fc.constant("setTitle"), id: anyId, title: fc.option(fc.string({ maxLength: 10 })) }),
  fc.record({ op: fc.constant("setConnection"), id: anyId, connection: fc.option(fc.constant("okta")) }),
  fc.record({ op: fc.constant("setOption"), id: anyId, option: key, value: json }),
  fc.record({
    op: fc.constant("setInput"),
    id: anyId,
    path: fc.array(key, { minLength: 1, maxLength: 3 }),
    value: fc.option(someValue),
  }),
  fc.record({ op: fc.constant("setOnError"), id: anyId, onError: fc.option(fc.constant({ retry: 2 })) }),
  fc.record({ op: fc.constant("connect"), edge }),
  fc.record({ op: fc.constant("disconnect"), edge }),
  fc.record({ op: fc.constant("move"), positions: fc.dictionary(anyId, place, { noNullPrototype: true }) }),
);
const operation: fc.Arbitrary<Operation> = fc
  .oneof(
    simpleOperation,
    fc.record({ op: fc.constant("batch"), operations: fc.array(simpleOperation, { maxLength: 4 }) }),
  )
  .map((candidate) => operationSchema.safeParse(candidate))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data);

function applied(before: FlowDocument, change: Operation): FlowDocument | OperationError {
  try {
    return apply(before, change);
  } catch (error) {
    if (error instanceof OperationError) return error;
    throw error;
  }
}

describe("any operation", () => {
  it("never changes the document it is given, and gives one the schema accepts or an OperationError", () => {
    fc.assert(
      fc.property(document, operation, (before, change) => {
        const result = applied(deepFreeze(before), change);
        if (result instanceof OperationError) return;
        expect(flowDocumentSchema.safeParse(result).error?.issues).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it("shares every card it does not touch", () => {
    fc.assert(
      fc.property(document, fc.constantFrom("c1", "c2"), someValue, (before, id, input) => {
        fc.pre(id in before.cards);
        const after = apply(before, { op: "setInput", id, path: ["login"], value: input });
        expect(after.edges).toBe(before.edges);
        expect(after.layout).toBe(before.layout);
        for (const other of Object.keys(before.cards)) {
          if (other !== id) expect(after.cards[other]).toBe(before.cards[other]);
        }
      }),
    );
  });

  it("leaves no edge, place or reference to a removed card", () => {
    fc.assert(
      fc.property(document, fc.subarray(["c1", "c2", "c3"], { minLength: 1 }), (before, ids) => {
        const after = apply(before, { op: "removeCards", ids });
        const left = JSON.stringify([Object.keys(after.cards), after.edges, Object.keys(after.layout)]);
        for (const id of ids) expect(left).not.toContain(`"${id}"`);
        const refs = Object.values(after.cards).flatMap(refsInCard);
        expect(refs.filter(({ ref }) => ids.includes(ref[0]))).toEqual([]);
      }),
    );
  });
});

const flow: FlowDocument = {
  format: 1,
  name: "Onboarding",
  cards: {
    c1: { card: "test.event", v: 1 },
    c2: { card: "test.action", v: 1, inputs: { user: { ref: ["c1", "user", "id"] } } },
  },
  edges: [{ from: "c1", out: "next", to: "c2" }],
  layout: { c1: [0, 0], c2: [300, 0] },
};
const inputsAfter = (
  inputs: NonNullable<FlowDocument["cards"][string]["inputs"]>,
  path: string[],
  set: unknown,
) => {
  const before = { ...flow, cards: { c2: { card: "test.action", v: 1, inputs } } };
  const change = operationSchema.parse({ op: "setInput", id: "c2", path, value: set });
  return apply(before, change).cards.c2?.inputs;
};

describe("setting an input", () => {
  it("creates the objects around a nested field and removes them with their last child", () => {
    const set = apply(flow, {
      op: "setInput",
      id: "c2",
      path: ["profile", "name", "first"],
      value: { value: "Ann" },
    });
    expect(set.cards.c2?.inputs?.profile).toEqual({
      object: { name: { object: { first: { value: "Ann" } } } },
    });
    const emptied = apply(set, { op: "setInput", id: "c2", path: ["profile", "name", "first"], value: null });
    expect(emptied.cards.c2?.inputs).toEqual(flow.cards.c2?.inputs);
  });

  it("keeps a mapping of the whole object when a child that is not there is emptied", () => {
    const inputs = { profile: { ref: ["c1", "user"] as [string, string] } };
    expect(inputsAfter(inputs, ["profile", "login"], null)).toBe(inputs);
  });

  it("keeps the other children of an object that was a literal", () => {
    expect(inputsAfter({ profile: { value: { a: 1, b: 2 } } }, ["profile", "b"], { value: 3 })).toEqual({
      profile: { object: { a: { value: 1 }, b: { value: 3 } } },
    });
  });

  it("enters a list by index, appends behind its end and closes the gap of a removed item", () => {
    const list = { items: { list: [{ value: "a" }, { object: { name: { value: "b" } } }] } };
    expect(inputsAfter(list, ["items", "1", "name"], { value: "B" })).toEqual({
      items: { list: [{ value: "a" }, { object: { name: { value: "B" } } }] },
    });
    expect(inputsAfter(list, ["items", "2"], { value: "c" })?.items).toEqual({
      list: [...list.items.list, { value: "c" }],
    });
    expect(inputsAfter(list, ["items", "0"], null)?.items).toEqual({ list: [list.items.list[1]] });
    expect(inputsAfter({ items: { list: [{ value: "a" }] } }, ["items", "0"], null)).toBeUndefined();
  });
});

describe("edits that fit badly", () => {
  it("refuses cards that are not there, even by names every object answers to", () => {
    for (const id of ["c9", "constructor", "toString"]) {
      expect(() => apply(flow, { op: "setTitle", id, title: "x" })).toThrow(OperationError);
      expect(() => apply(flow, { op: "connect", edge: { from: id, out: "next", to: "c2" } })).toThrow(
        OperationError,
      );
    }
    expect(() => apply(flow, { op: "addCard", id: "c1", node: { card: "a", v: 1 }, at: [0, 0] })).toThrow(
      /already/,
    );
    expect(() => apply(flow, { op: "connect", edge: { from: "c1", out: "next", to: "c1" } })).toThrow(
      /itself/,
    );
  });

  it("changes nothing at all where any step of a batch does not fit", () => {
    const batch: Operation = {
      op: "batch",
      operations: [
        { op: "setTitle", id: "c1", title: "Start" },
        { op: "setTitle", id: "c9", title: "Nowhere" },
      ],
    };
    expect(() => apply(deepFreeze(structuredClone(flow)), batch)).toThrow(OperationError);
  });

  it("gives the same document back where there is nothing to remove, join or move", () => {
    expect(apply(flow, { op: "removeCards", ids: ["c9"] })).toBe(flow);
    expect(apply(flow, { op: "disconnect", edge: { from: "c2", out: "next", to: "c1" } })).toBe(flow);
    expect(apply(flow, { op: "connect", edge: { from: "c1", out: "next", to: "c2" } })).toBe(flow);
    expect(apply(flow, { op: "move", positions: { c9: [1, 1] } })).toBe(flow);
  });
});

it("removing a container removes what stands in its lanes, however deep and in whatever order", () => {
  const nested: FlowDocument = {
    ...flow,
    cards: {
      inner: { card: "test.action", v: 1, parent: { card: "middle", lane: "body" } },
      middle: { card: "test.each", v: 1, parent: { card: "outer", lane: "body" } },
      outer: { card: "test.each", v: 1 },
      other: { card: "test.action", v: 1 },
    },
  };
  expect(Object.keys(apply(nested, { op: "removeCards", ids: ["outer"] }).cards)).toEqual(["other"]);
});

it("replaces the settings of the flow, and keeps none where none is left", () => {
  const before = emptyDocument("Kept");
  const changed = apply(before, { op: "setSettings", settings: { keepDays: 5 } });
  expect(changed.settings).toEqual({ keepDays: 5 });
  expect(apply(changed, { op: "setSettings", settings: {} }).settings).toBeUndefined();
});
