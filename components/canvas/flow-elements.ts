import { type Edge, MarkerType, type Node, type NodeHandle, Position } from "@xyflow/react";
import type { Position as At, FlowDocument, Edge as FlowEdge } from "#lib/flow/document.ts";
import { refsInCard } from "#lib/flow/references.ts";
import { CARD_WIDTH, HANDLE, NOTE_HEIGHT, NOTE_WIDTH } from "./card-geometry.ts";
import { pathKey } from "./card-rows.ts";
import { wasReached } from "./card-status.ts";
import type { CardView } from "./card-view.ts";
import { handleId } from "./handle-ids.ts";
import { issueWords } from "./issue-words.ts";

export type CanvasNode = Node<{ view: CardView }, "card" | "note">;
export type OrderEdge = Edge<{ edge: FlowEdge; label: string; taken: boolean }, "order">;
export type MappingEdge = Edge<{ to: string; path: string[]; faded: boolean }, "mapping">;
export type CanvasEdge = OrderEdge | MappingEdge;

/** What of a card's node may change besides its view. */
export interface NodeState {
  at: At;
  selected: boolean;
  /** One card at a time can be reached with Tab; arrows move on from there. */
  focusable: boolean;
}

/** Makes React Flow's nodes, remembering the last ones: an unchanged card keeps its very node. */
export function createNodes(): (
  views: Map<string, CardView>,
  stateOf: (id: string) => NodeState,
) => CanvasNode[] {
  let last = new Map<string, { deps: readonly unknown[]; node: CanvasNode }>();
  return (views, stateOf) => {
    const next: typeof last = new Map();
    for (const [id, view] of views) {
      const { at, selected, focusable } = stateOf(id);
      const deps = [view, at[0], at[1], selected, focusable];
      const before = last.get(id);
      const same = before?.deps.every((dep, index) => dep === deps[index]);
      next.set(id, same && before ? before : { deps, node: nodeOf(view, { at, selected, focusable }) });
    }
    last = next;
    return [...next.values()].map(({ node }) => node);
  };
}

function nodeOf(view: CardView, { at, selected, focusable }: NodeState): CanvasNode {
  const isNote = view.description?.kind === "note";
  const width = isNote ? NOTE_WIDTH : CARD_WIDTH;
  const height = isNote ? NOTE_HEIGHT : view.geometry.height;
  return {
    id: view.id,
    type: isNote ? "note" : "card",
    position: { x: at[0], y: at[1] },
    data: { view },
    selected,
    focusable,
    width,
    height,
    measured: { width, height },
    handles: isNote ? [] : handlesOf(view),
    ariaRole: "group",
    ariaLabel: ariaLabelOf(view),
  };
}

function ariaLabelOf(view: CardView): string {
  const problems = issueWords(view.issues);
  const renamed =
    view.description && view.description.title !== view.title ? `, ${view.description.title}` : "";
  return `${view.title}${renamed}${problems ? `, ${problems}` : ""}`;
}

/** Where a card's handles are, so that lines can be drawn to cards that are out of sight. */
export function handlesOf(view: CardView): NodeHandle[] {
  const { geometry } = view;
  const half = HANDLE / 2;
  const at = (id: string, type: "source" | "target", middle: number): NodeHandle => ({
    id,
    type,
    position: type === "source" ? Position.Right : Position.Left,
    x: type === "source" ? CARD_WIDTH - half : -half,
    y: middle - half,
    width: HANDLE,
    height: HANDLE,
  });
  const several = view.exits.length > 1;
  return [
    ...(view.hasEntry ? [at(handleId({ kind: "entry" }), "target", geometry.headerMiddle)] : []),
    ...view.exits.map((exit, index) =>
      at(
        handleId({ kind: "exit", out: exit.id }),
        "source",
        several ? geometry.exitMiddle(index) : geometry.headerMiddle,
      ),
    ),
    ...view.inputs.map((row, index) =>
      at(handleId({ kind: "input", path: row.path }), "target", geometry.inputMiddle(index)),
    ),
    ...view.outputs.map((row, index) =>
      at(handleId({ kind: "output", path: row.path }), "source", geometry.outputMiddle(index)),
    ),
  ];
}

/** The lines that set the order. */
export function orderEdges(
  document: FlowDocument,
  views: Map<string, CardView>,
  selected: FlowEdge | undefined,
): OrderEdge[] {
  return document.edges.flatMap((edge): OrderEdge[] => {
    const [from, to] = [views.get(edge.from), views.get(edge.to)];
    // Ways out and in that the card has no longer: validation names them, a line to nowhere would not.
    if (!from?.exits.some((exit) => exit.id === edge.out) || !to?.hasEntry) return [];
    const exit = from.exits.length > 1 ? ` on ${from.exits.find(({ id }) => id === edge.out)?.label}` : "";
    const taken = from.status?.exit === edge.out && wasReached(to.status);
    const chosen = selected !== undefined && orderEdgeId(selected) === orderEdgeId(edge);
    return [
      {
        id: orderEdgeId(edge),
        type: "order",
        source: edge.from,
        sourceHandle: handleId({ kind: "exit", out: edge.out }),
        target: edge.to,
        targetHandle: handleId({ kind: "entry" }),
        selected: chosen,
        focusable: false,
        ariaRole: "group",
        ariaLabel: `${to.title} after ${from.title}${exit}`,
        // Only what is selected lies over cards.
        zIndex: chosen ? 1 : 0,
        markerEnd: {
          type: MarkerType.ArrowClosed,
          width: 14,
          height: 14,
          color: taken ? "var(--card-event)" : "var(--order-line)",
        },
        data: { edge, label: `${to.title} after ${from.title}${exit}`, taken },
      },
    ];
  });
}

/** The id of an order line. */
export function orderEdgeId(edge: FlowEdge): string {
  return `order:${edge.from}/${edge.out}/${edge.to}`;
}

/**
 * The lines of mappings into and out of the selected cards, or all; each ends at the nearest row there is. Of all, those
 * that have nothing to do with a selected card are faded.
 */
export function mappingEdges(
  document: FlowDocument,
  views: Map<string, CardView>,
  { selected, all }: { selected: ReadonlySet<string>; all: boolean },
): MappingEdge[] {
  return Object.entries(document.cards).flatMap(([to, node]) =>
    refsInCard(node).flatMap(({ at, ref }, index): MappingEdge[] => {
      const [from, ...path] = ref;
      const ofSelected = selected.has(to) || selected.has(from);
      if (!ofSelected && !all) return [];
      const [source, target] = [views.get(from), views.get(to)];
      const sourcePath =
        source &&
        nearest(
          path.filter((key) => !/^\d+$/.test(key)),
          source.outputs,
        );
      const targetPath = target && nearest(at, target.inputs);
      if (!source || !target || !sourcePath || !targetPath) return [];
      return [
        {
          id: `map:${to}/${pathKey(at)}/${index}`,
          type: "mapping",
          source: from,
          sourceHandle: handleId({ kind: "output", path: sourcePath }),
          target: to,
          targetHandle: handleId({ kind: "input", path: targetPath }),
          focusable: false,
          ariaLabel: `${target.title} takes a value from ${source.title}`,
          selectable: false,
          data: { to, path: at, faded: !ofSelected && selected.size > 0 },
        },
      ];
    }),
  );
}

function nearest(path: string[], rows: readonly { path: string[]; key: string }[]): string[] | undefined {
  for (let length = path.length; length > 0; length--) {
    const key = pathKey(path.slice(0, length));
    const row = rows.find((each) => each.key === key);
    if (row) return row.path;
  }
  return undefined;
}
