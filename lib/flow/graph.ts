import type { Edge, FlowDocument } from "./document.ts";

/** The order graph of one level of a flow: cards that share a parent lane (or have none). */
export interface FlowGraph {
  /** Card ids in document order. */
  cards: string[];
  incoming: Map<string, Edge[]>;
  outgoing: Map<string, Edge[]>;
}

/** The graph of a whole document. Edges from or to cards that do not exist are left out (validate names them). */
export function graphOf(document: FlowDocument): FlowGraph {
  const cards = Object.keys(document.cards);
  const incoming = new Map<string, Edge[]>(cards.map((id) => [id, []]));
  const outgoing = new Map<string, Edge[]>(cards.map((id) => [id, []]));
  for (const edge of document.edges) {
    const to = incoming.get(edge.to);
    const from = outgoing.get(edge.from);
    if (!to || !from) continue;
    to.push(edge);
    from.push(edge);
  }
  return { cards, incoming, outgoing };
}

/**
 * Cards in an order in which every card comes after all cards that lead to it; ties keep document order. Cards on a
 * cycle, and those behind one, are missing from the order and listed in `cyclic`.
 */
export function topologicalOrder(graph: FlowGraph): { order: string[]; cyclic: string[] } {
  const pending = new Map(graph.cards.map((id) => [id, graph.incoming.get(id)?.length ?? 0]));
  const order: string[] = [];
  const ready = graph.cards.filter((id) => pending.get(id) === 0);
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id);
    for (const edge of graph.outgoing.get(id) ?? []) {
      const left = (pending.get(edge.to) ?? 0) - 1;
      pending.set(edge.to, left);
      if (left === 0) ready.push(edge.to);
    }
  }
  const seen = new Set(order);
  return { order, cyclic: graph.cards.filter((id) => !seen.has(id)) };
}

/** For each card, all cards that come before it on some way. What a card may refer to. */
export function ancestors(graph: FlowGraph): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>();
  for (const id of topologicalOrder(graph).order) {
    const before = new Set<string>();
    for (const edge of graph.incoming.get(id) ?? []) {
      before.add(edge.from);
      for (const earlier of result.get(edge.from) ?? []) before.add(earlier);
    }
    result.set(id, before);
  }
  return result;
}
