import { expect, test } from "vitest";
import { field } from "#lib/cards/field.ts";
import { createCatalogue } from "#lib/cards/registry.ts";
import { testCatalogue, testFlow } from "#lib/editor/test-cards.ts";
import { apply } from "#lib/flow/apply.ts";
import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import type { Operation } from "#lib/flow/operations.ts";
import type { Value } from "#lib/flow/value.ts";
import { createCardViews, type ViewInput } from "./card-view.ts";
import { createNodes, handlesOf, mappingEdges, orderEdges } from "./flow-elements.ts";

const NOTHING = {};
const NONE: ReadonlySet<string> = new Set();
const ALL = { selected: NONE, all: true };
const input = (document: FlowDocument, extra: Partial<ViewInput> = {}): ViewInput => ({
  document,
  catalogue: testCatalogue,
  issues: [],
  expansions: {},
  grownOf: () => NOTHING,
  ...extra,
});
const nested: Operation = {
  op: "setInput",
  id: "c3",
  path: ["profile", "firstName"],
  value: { ref: ["c1", "profile", "lastName"] },
};

test("an edit of one card gives a new view to that card and the ones it touches, and to no other", () => {
  const views = createCardViews();
  const first = testFlow();
  const one = views(input(first));
  const two = views(input(apply(first, { op: "setTitle", id: "c3", title: "Mine" })));
  expect(two.get("c1")).toBe(one.get("c1"));
  expect(two.get("c2")).toBe(one.get("c2"));
  expect(two.get("c3")?.title).toBe("Mine");
});

test("renaming a source changes the chips that name it", () => {
  const views = createCardViews();
  const flow = testFlow();
  views(input(flow));
  const renamed = views(input(apply(flow, { op: "setTitle", id: "c1", title: "Joined" })));
  expect(renamed.get("c3")?.inputs.find((row) => row.key === "id")?.chip).toMatchObject({
    kind: "mapped",
    text: "ID",
    from: "Joined",
  });
});

test("only a moved or selected card gets a new node", () => {
  const views = createCardViews()(input(testFlow()));
  const nodes = createNodes();
  const state = (moved: number) => (id: string) => ({
    at: [id === "c2" ? moved : 0, 0] as [number, number],
    selected: false,
    focusable: false,
  });
  const before = nodes(views, state(0));
  const after = nodes(views, state(40));
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[1]?.position.x).toBe(40);
});

test("every line ends at a handle its card has, nested fields included", () => {
  const document = apply(testFlow(), nested);
  const views = createCardViews()(input(document));
  const handles = new Map([...views].map(([id, view]) => [id, handlesOf(view).map((handle) => handle.id)]));
  const edges = [...orderEdges(document, views, undefined), ...mappingEdges(document, views, ALL)];
  expect(edges).toHaveLength(5);
  for (const edge of edges) {
    expect(handles.get(edge.source)).toContain(edge.sourceHandle);
    expect(handles.get(edge.target)).toContain(edge.targetHandle);
  }
});

test("mapping lines are drawn for the selected cards only, and of all lines the others are faded", () => {
  const views = createCardViews()(input(testFlow()));
  const selected = new Set(["c2"]);
  const of = (which: Parameters<typeof mappingEdges>[2]) =>
    mappingEdges(testFlow(), views, which).map(({ target, data }) => [target, data?.faded]);
  expect(of({ selected, all: false })).toEqual([["c2", false]]);
  expect(of({ selected: NONE, all: false })).toEqual([]);
  expect(of({ selected, all: true })).toEqual([
    ["c2", false],
    ["c3", true],
  ]);
  expect(of(ALL).map(([, faded]) => faded)).toEqual([false, false]);
});

test("an id that was picked names the list it is of; what was typed elsewhere, mapped or is too long for an id does not", () => {
  const picked = (connection: string | undefined, value: Value) => {
    const flow = testFlow();
    const node: CardNode = { card: "t.pick", v: 1, connection, inputs: { group: value } };
    const views = createCardViews()(
      input({ ...flow, cards: { ...flow.cards, c9: node } }, { catalogue: withPicker }),
    );
    return views.get("c9")?.inputs[0]?.chip?.picked;
  };
  expect(picked("sandbox", { value: "00g1" })).toEqual({ alias: "sandbox", loaderId: "t.groups" });
  expect(picked(undefined, { value: "00g1" })).toBeUndefined();
  expect(picked("sandbox", { ref: ["c1", "id"] })).toBeUndefined();
  expect(picked("sandbox", { value: "x".repeat(61) })).toBeUndefined();
});

const use = testCatalogue.card("t.use");
const withPicker = createCatalogue(
  use
    ? [{ ...use, id: "t.pick", inputs: { group: field.text({ label: "Group", picker: "t.groups" }) } }]
    : [],
);

test("an execution marks the way that was taken", () => {
  const views = createCardViews()(
    input(testFlow(), {
      statusOf: (id) => (id === "c2" ? { status: "succeeded", exit: "true" } : { status: "succeeded" }),
    }),
  );
  const edges = orderEdges(testFlow(), views, undefined);
  const taken = edges.map((edge) => [edge.target, edge.data?.taken]);
  expect(edges.map(({ markerEnd }) => markerEnd)).toMatchObject([
    { color: "var(--order-line)" },
    { color: "var(--card-event)" },
  ]);
  expect(taken).toEqual([
    ["c2", false],
    ["c3", true],
  ]);
});

test("the way out for failures has a handle and a line only where it was chosen", () => {
  const flow = testFlow();
  const line = { from: "c3", out: "error", to: "c4" };
  const drawn: FlowDocument = {
    ...flow,
    cards: { ...flow.cards, c4: { card: "t.use", v: 1 } },
    edges: [...flow.edges, line],
  };
  const chosen = apply(drawn, { op: "setOnError", id: "c3", onError: { after: "error" } });
  const views = createCardViews();
  for (const [document, there] of [
    [drawn, false],
    [chosen, true],
    [apply(chosen, { op: "setOnError", id: "c3", onError: null }), false],
  ] as const) {
    const seen = views(input(document));
    const view = seen.get("c3");
    expect(view?.exits.some(({ id }) => id === "error")).toBe(there);
    expect(view?.outputs.some(({ key }) => key === "error")).toBe(there);
    expect(orderEdges(document, seen, undefined).some(({ data }) => data?.edge === line)).toBe(there);
  }
});
