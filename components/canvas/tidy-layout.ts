import dagre from "@dagrejs/dagre";
import { GRID, snapped } from "#lib/editor/placement.ts";
import type { FlowDocument, Position } from "#lib/flow/document.ts";

/**
 * Places for all cards that take part in the flow: left to right in their order, without overlap. Notes stay where
 * they are.
 *
 * @param exitsOf ways out of a card, from top to bottom as it shows them
 * @param sizeOf width and height of a card on the canvas; undefined for cards to leave alone
 */
export function tidyLayout(
  document: FlowDocument,
  sizeOf: (id: string) => { width: number; height: number } | undefined,
  exitsOf: (id: string) => readonly string[],
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
  untwist(document, graph, exitsOf);
  return Object.fromEntries(
    [...sizes].map(([id, { width, height }]) => {
      // Dagre speaks of middles, layouts of upper left corners.
      const { x, y } = graph.node(id);
      return [id, snapped([x - width / 2, y - height / 2])];
    }),
  );
}

/** What is needed of dagre's graph. */
interface Places {
  node: (id: string) => { y: number };
  hasNode: (id: string) => boolean;
}

/**
 * Puts the cards behind a branching card in the order of its ways out: dagre knows edges, not where they begin, and may
 * place what follows "true" below what follows "false", so that the lines cross and are easily misread. Only cards
 * that stand in one column and have no other way in change places.
 */
function untwist(document: FlowDocument, graph: Places, exitsOf: (id: string) => readonly string[]): void {
  const waysIn = Map.groupBy(document.edges, ({ to }) => to);
  for (const from of Object.keys(document.cards)) {
    const exits = exitsOf(from);
    if (exits.length < 2) continue;
    const behind = document.edges
      .filter((edge) => edge.from === from && waysIn.get(edge.to)?.length === 1 && graph.hasNode(edge.to))
      .sort((a, b) => exits.indexOf(a.out) - exits.indexOf(b.out))
      .map(({ to }) => to);
    const places = behind.map((id) => graph.node(id).y).sort((a, b) => a - b);
    behind.forEach((id, index) => {
      const down = (places[index] ?? 0) - graph.node(id).y;
      if (down !== 0) shift(document, graph, id, down);
    });
  }
}

/** Moves a card and all that follows it alone. */
function shift(document: FlowDocument, graph: Places, id: string, down: number): void {
  const node = graph.node(id);
  node.y += down;
  for (const { to } of document.edges.filter(({ from }) => from === id)) {
    const alone = document.edges.filter((edge) => edge.to === to).length === 1;
    if (alone && graph.hasNode(to)) shift(document, graph, to, down);
  }
}
