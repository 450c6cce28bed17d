import { BitRows } from "./bit-rows.ts";
import type { FlowDocument } from "./document.ts";

/** What comes before what in a flow, answered without walking the graph again. */
export interface FlowOrder {
  /** Each list holds the cards of one cycle, in the order of their edges. */
  cycles: string[][];
  /** Cards on a cycle or behind one: they have no place in the order. */
  cyclic: ReadonlySet<string>;
  /** Cards some way leads to from a start. */
  reachable: ReadonlySet<string>;
  /** True when some way leads from `source` to `target`. A container comes before the cards in its lanes. */
  comesBefore: (source: string, target: string) => boolean;
  /** True when `source` comes before `target` and has run whenever `target` runs, whatever branches were taken. */
  alwaysBefore: (source: string, target: string) => boolean;
}

const ROOT = -1;

/** Cards by number, and behind them one more node for each way out of a deciding card. */
interface Nodes {
  /** Sources of each node. */
  before: number[][];
  cards: string[];
  indexOf: Map<string, number>;
}

/**
 * The order of a flow's cards. Edges between different lanes, and edges from or to missing cards, are no order
 * (validate names them). Rows of bits, not sets: the ancestors of a 500-card chain as sets cost more than all the rest
 * of a validation, which runs after every edit.
 *
 * @param starts which cards start the flow; only the catalogue knows
 * @param decides which cards choose between their ways out, or may take none; all others always go on. Only
 *   `alwaysBefore` depends on it.
 */
export function flowOrder(
  document: FlowDocument,
  starts: (id: string) => boolean,
  decides: (id: string) => boolean = () => false,
): FlowOrder {
  const { before, cards, indexOf } = nodesOf(document, decides);
  const order = topological(before);
  const ordered = new Set(order);
  const earlier = ancestorRows(before, order);
  const { nearest, reached } = nearestDominators(before, order, cards.map(starts));
  const certain = certainRows(before, order, nearest, cards.length);

  const between = (source: string, target: string, rows: BitRows): boolean => {
    const from = indexOf.get(source);
    const to = indexOf.get(target);
    return from !== undefined && to !== undefined && rows.has(to, from);
  };
  const comesBefore = (source: string, target: string) => between(source, target, earlier);
  const reachable = new Set(cards.filter((_, index) => reached(index)));
  return {
    cycles: findCycles(before, ordered).map((cycle) => cycle.flatMap((index) => cards[index] ?? [])),
    cyclic: new Set(cards.filter((_, index) => !ordered.has(index))),
    reachable,
    comesBefore,
    // A card that never runs can't find anything missing.
    alwaysBefore: (source, target) =>
      comesBefore(source, target) && (!reachable.has(target) || between(source, target, certain)),
  };
}

/** A name for the lane a card stands in, equal for cards of the same lane. */
export function laneOf(document: FlowDocument, id: string): string {
  const parent = document.cards[id]?.parent;
  return parent ? `${parent.card}/${parent.lane}` : "";
}

function nodesOf(document: FlowDocument, decides: (id: string) => boolean): Nodes {
  const cards = Object.keys(document.cards);
  const indexOf = new Map(cards.map((id, index) => [id, index]));
  const before: number[][] = cards.map(() => []);
  const exits = new Map<string, number>();
  for (const edge of document.edges) {
    const from = indexOf.get(edge.from);
    const to = indexOf.get(edge.to);
    if (from === undefined || to === undefined) continue;
    if (laneOf(document, edge.from) !== laneOf(document, edge.to)) continue;
    if (!decides(edge.from)) {
      before[to]?.push(from);
      continue;
    }
    const name = `${edge.from}/${edge.out}`;
    const exit = exits.get(name) ?? before.push([from]) - 1;
    exits.set(name, exit);
    before[to]?.push(exit);
  }
  // A lane's first cards come after the container they stand in.
  cards.forEach((id, index) => {
    const parent = indexOf.get(document.cards[id]?.parent?.card ?? "");
    if (parent !== undefined && before[index]?.length === 0) before[index].push(parent);
  });
  return { before, cards, indexOf };
}

function topological(before: number[][]): number[] {
  const after: number[][] = before.map(() => []);
  const pending = before.map((sources) => sources.length);
  before.forEach((sources, to) => {
    for (const from of sources) after[from]?.push(to);
  });
  const order = before.flatMap((sources, index) => (sources.length === 0 ? [index] : []));
  // `order` is its own queue: it grows while it is walked.
  for (const index of order) {
    for (const to of after[index] ?? []) {
      const left = (pending[to] ?? 0) - 1;
      pending[to] = left;
      if (left === 0) order.push(to);
    }
  }
  return order;
}

function ancestorRows(before: number[][], order: number[]): BitRows {
  const rows = new BitRows(before.length);
  for (const index of order) {
    for (const from of before[index] ?? []) {
      rows.join(index, from);
      rows.set(index, from);
    }
  }
  return rows;
}

/**
 * The nearest node each node can't be reached without (ROOT where there is none). In an order without cycles one pass
 * is enough: it is the lowest common ancestor, in the tree so far, of all sources.
 */
function nearestDominators(
  before: number[][],
  order: number[],
  starts: boolean[],
): { nearest: number[]; reached: (index: number) => boolean } {
  const nearest = before.map(() => ROOT);
  // 0: no start leads there.
  const depth = before.map(() => 0);
  const above = (index: number) => nearest[index] ?? ROOT;
  const depthOf = (index: number) => depth[index] ?? 0;
  const common = (a: number, b: number): number => {
    let [left, right] = [a, b];
    while (left !== right) {
      if (left === ROOT || right === ROOT) return ROOT;
      if (depthOf(left) >= depthOf(right)) left = above(left);
      else right = above(right);
    }
    return left;
  };
  for (const index of order) {
    const [first, ...others] = (before[index] ?? []).filter((from) => depthOf(from) > 0);
    const dominator = starts[index] || first === undefined ? ROOT : others.reduce(common, first);
    nearest[index] = dominator;
    if (starts[index] || first !== undefined) depth[index] = dominator === ROOT ? 1 : depthOf(dominator) + 1;
  }
  return { nearest, reached: (index) => depthOf(index) > 0 };
}

/**
 * For each node, what has run (or will, before a join lets it on) whenever it runs: all nodes on its only way from the start,
 * and all that follow these without a decision between. Two parallel cards behind the same event are certain to a card
 * that joins them, though neither is on every way.
 */
function certainRows(before: number[][], order: number[], nearest: number[], cardCount: number): BitRows {
  const following = new BitRows(before.length);
  for (const index of [...order].reverse()) {
    following.set(index, index);
    // A way out (numbered behind the cards) follows its card only if it is chosen.
    if (index >= cardCount) continue;
    for (const from of before[index] ?? []) following.join(from, index);
  }
  const certain = new BitRows(before.length);
  for (const index of order) {
    const dominator = nearest[index] ?? ROOT;
    if (dominator === ROOT) continue;
    certain.join(index, dominator);
    certain.join(index, dominator, following);
  }
  return certain;
}

/** Walks backwards from each node without a place in the order; it must run into a cycle, since it never runs out. */
function findCycles(before: number[][], ordered: ReadonlySet<number>): number[][] {
  const cycles: number[][] = [];
  const walked = new Set<number>();
  for (let start = 0; start < before.length; start++) {
    if (ordered.has(start) || walked.has(start)) continue;
    const trail: number[] = [];
    const onTrail = new Set<number>();
    let index: number | undefined = start;
    while (index !== undefined && !walked.has(index)) {
      walked.add(index);
      onTrail.add(index);
      trail.push(index);
      index = before[index]?.find((from) => !ordered.has(from));
    }
    if (index !== undefined && onTrail.has(index)) cycles.push(trail.slice(trail.indexOf(index)).reverse());
  }
  return cycles;
}
