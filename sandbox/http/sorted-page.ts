import { type Cursor, cursorText } from "./paging.ts";

/** What a sorted list needs to know of its items. */
export interface Sorting<T> {
  keyOf: (item: T) => string;
  seqOf: (item: T) => number;
  descending: boolean;
}

/**
 * One page of a sorted list. Equal keys keep their scan order, and the cursor carries key and place,
 * so a page stays exact when items before it come or go.
 */
export function sortedPage<T>(
  items: T[],
  sorting: Sorting<T>,
  cursor: Cursor | null,
  limit: number,
): { items: T[]; next: string | null } {
  const sign = sorting.descending ? -1 : 1;
  const order = (key: string, seq: number, other: Cursor & { key: string }): number => {
    if (key !== other.key) return key < other.key ? -sign : sign;
    return seq - other.seq;
  };
  const sorted = [...items].sort((a, b) =>
    order(sorting.keyOf(a), sorting.seqOf(a), { key: sorting.keyOf(b), seq: sorting.seqOf(b) }),
  );
  const rest = cursor
    ? sorted.filter(
        (item) =>
          order(sorting.keyOf(item), sorting.seqOf(item), { key: cursor.key ?? "", seq: cursor.seq }) > 0,
      )
    : sorted;
  const found = rest.slice(0, limit);
  const last = found.at(-1);
  const more = rest.length > limit && last !== undefined;
  return {
    items: found,
    next: more ? cursorText({ seq: sorting.seqOf(last), key: sorting.keyOf(last) }) : null,
  };
}
