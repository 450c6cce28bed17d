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
  /** True when every way from a start to `target` leads through `source`: when `target` runs, `source` has run. */
  alwaysBefore: (source: string, target: string) => boolean;
}

const ROOT = -1;

/**
 * The order of a flow's cards. Edges between different lanes, and edges from or to missing cards, are no order
 * (validate names them). Ancestors are bit rows, not sets: sets of a 500-card chain alone cost more than the rest of
 * a validation, which runs on every key stroke.
 *
 * @param isStart which cards start the flow: event cards, which only the catalogue knows
 */
export function flowOrder(document: FlowDocument, isStart: (id: string) => boolean): FlowOrder {
  const ids = Object.keys(document.cards);
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const before = predecessors(document, ids, indexOf);
  const order = topological(before);
  const ordered = new Set(order);
  const cyclic = new Set(ids.filter((_, index) => !ordered.has(index)));
  const ancestors = ancestorRows(before, order);
  const starts = ids.map(isStart);
  const dominators = dominatorTree(before, order, starts);

  const comesBefore = (source: string, target: string): boolean => {
    const from = indexOf.get(source);
    const to = indexOf.get(target);
    return from !== undefined && to !== undefined && ancestors.has(to, from);
  };
  return {
    cycles: findCycles(before, ordered).map((cycle) => cycle.map((index) => ids[index] ?? "")),
    cyclic,
    reachable: new Set(ids.filter((_, index) => dominators.depth[index] !== undefined)),
    comesBefore,
    alwaysBefore: (source, target) => {
      const from = indexOf.get(source);
      const to = indexOf.get(target);
      if (from === undefined || to === undefined) return false;
      // Nothing leads to the target, so no way to it avoids the source.
      if (dominators.depth[to] === undefined) return comesBefore(source, target);
      return from !== to && dominators.includes(to, from);
    },
  };
}

function predecessors(document: FlowDocument, ids: string[], indexOf: Map<string, number>): number[][] {
  const before: number[][] = ids.map(() => []);
  for (const edge of document.edges) {
    const from = indexOf.get(edge.from);
    const to = indexOf.get(edge.to);
    if (from === undefined || to === undefined) continue;
    if (laneOf(document, edge.from) !== laneOf(document, edge.to)) continue;
    before[to]?.push(from);
  }
  // A lane's first cards come after the container they stand in.
  ids.forEach((id, index) => {
    const parent = indexOf.get(document.cards[id]?.parent?.card ?? "");
    if (parent !== undefined && before[index]?.length === 0) before[index].push(parent);
  });
  return before;
}

/** A name for the lane a card stands in, equal for cards of the same lane. */
export function laneOf(document: FlowDocument, id: string): string {
  const parent = document.cards[id]?.parent;
  return parent ? `${parent.card}/${parent.lane}` : "";
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

function ancestorRows(before: number[][], order: number[]): { has: (card: number, earlier: number) => boolean } {
  const words = Math.ceil(before.length / 32);
  const bits = new Uint32Array(before.length * words);
  for (const index of order) {
    const row = index * words;
    for (const from of before[index] ?? []) {
      for (let word = 0; word < words; word++) {
        bits[row + word] = (bits[row + word] ?? 0) | (bits[from * words + word] ?? 0);
      }
      const at = row + (from >> 5);
      bits[at] = (bits[at] ?? 0) | (1 << (from & 31));
    }
  }
  return {
    has: (card, earlier) => ((bits[card * words + (earlier >> 5)] ?? 0) & (1 << (earlier & 31))) !== 0,
  };
}

interface DominatorTree {
  /** Undefined for cards no start leads to. */
  depth: (number | undefined)[];
  includes: (card: number, dominator: number) => boolean;
}

/**
 * The nearest card each card can't be reached without. In an order without cycles one pass is enough: it is the lowest
 * common ancestor, in the tree so far, of all cards that lead here.
 */
function dominatorTree(before: number[][], order: number[], starts: boolean[]): DominatorTree {
  const nearest: number[] = [];
  const depth: (number | undefined)[] = before.map(() => undefined);
  const depthOf = (index: number) => depth[index] ?? 0;
  const above = (index: number) => nearest[index] ?? ROOT;
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
    const sources = (before[index] ?? []).filter((from) => depth[from] !== undefined);
    const [first, ...others] = sources;
    if (starts[index] || first === undefined) {
      if (starts[index]) [nearest[index], depth[index]] = [ROOT, 1];
      continue;
    }
    const dominator = others.reduce(common, first);
    nearest[index] = dominator;
    depth[index] = dominator === ROOT ? 1 : depthOf(dominator) + 1;
  }
  return {
    depth,
    includes: (card, dominator) => {
      const wanted = depthOf(dominator);
      let index = above(card);
      while (index !== ROOT && depthOf(index) > wanted) index = above(index);
      return index === dominator;
    },
  };
}

/** Walks backwards from each card without a place in the order; it must run into a cycle, since it never runs out. */
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
