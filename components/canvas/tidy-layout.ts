import dagre from "@dagrejs/dagre";
import { GRID, snapped } from "#lib/editor/placement.ts";
import type { FlowDocument, Position } from "#lib/flow/document.ts";

/**
 * Places for all cards that take part in the flow: left to right in their order, without overlap. Notes stay where
 * they are.
 *
 * @param sizeOf width and height of a card on the canvas; undefined for cards to leave alone
 */
export function tidyLayout(
  document: FlowDocument,
  sizeOf: (id: string) => { width: number; height: number } | undefined,
): Record<string, Position> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: GRID * 2, ranksep: GRID * 5 });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = new Map<string, { width: number; height: number }>();
  for (const id of Object.keys(document.cards)) {
    const size = sizeOf(id);
    if (!size) continue;
    sizes.set(id, size);
    graph.setNode(id, { ...size });
  }
  for (const { from, to } of document.edges) {
    if (sizes.has(from) && sizes.has(to)) graph.setEdge(from, to);
  }
  dagre.layout(graph);
  return Object.fromEntries(
    [...sizes].map(([id, { width, height }]) => {
      // Dagre speaks of middles, layouts of upper left corners.
      const { x, y } = graph.node(id);
      return [id, snapped([x - width / 2, y - height / 2])];
    }),
  );
}
