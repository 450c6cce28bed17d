import { type Cursor, cursorText } from "./paging.ts";

/** What a sorted list needs to know of its items. */
export interface Sorting<T> {
  keyOf: (item: T) => string;
  seqOf: (item: T) => number;
  descending: boolean;
}

interface Placed<T> {
  key: string;
  seq: number;
  item: T;
}

/**
 * One page of a sorted list. Equal keys keep their scan order, and the cursor carries key and place,
 * so a page stays exact when items before it come or go. Nothing but the page is held while the items pass by, however
 * many they are. `fits` says which of them the list has.
 */
export function sortedPage<T>(
  items: Iterable<T>,
  sorting: Sorting<T>,
  cursor: Cursor | null,
  limit: number,
  fits: (item: T) => boolean = () => true,
): { items: T[]; next: string | null } {
  const sign = sorting.descending ? -1 : 1;
  const order = (a: { key: string; seq: number }, b: { key: string; seq: number }): number => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    return a.seq - b.seq;
  };
  const from = cursor && { key: cursor.key ?? "", seq: cursor.seq };
  // One more than the page, to know whether there is a next.
  const first: Placed<T>[] = [];
  for (const item of items) {
    const placed = { key: sorting.keyOf(item), seq: sorting.seqOf(item), item };
    if (from && order(placed, from) <= 0) continue;
    const last = first.at(-1);
    if (first.length > limit && last && order(placed, last) >= 0) continue;
    if (!fits(item)) continue; // asked last: it costs the most
    first.splice(
      placeOf(first, (other) => order(placed, other) < 0),
      0,
      placed,
    );
    if (first.length > limit + 1) first.pop();
  }
  const found = first.slice(0, limit);
  const last = found.at(-1);
  const more = first.length > limit && last !== undefined;
  return {
    items: found.map(({ item }) => item),
    next: more ? cursorText({ seq: last.seq, key: last.key }) : null,
  };
}

/** The first place in a sorted list that `isAfter` holds for, found by bisection. */
function placeOf<T>(sorted: readonly T[], isAfter: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && isAfter(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
