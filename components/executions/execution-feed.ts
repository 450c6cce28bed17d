import type { ExecutionSummary } from "#lib/api/executions.ts";

export interface FeedPage {
  items: ExecutionSummary[];
  /** Cursor of the page after this one; missing on the last. */
  next?: string;
}

/** The pages loaded so far, newest first, each with the cursor it was asked for with; the first has none. */
export interface Feed {
  pages: FeedPage[];
  pageParams: (string | undefined)[];
}

/** Every execution of the feed in order, each once. */
export function feedItems(feed: Feed): ExecutionSummary[] {
  const seen = new Set<string>();
  return feed.pages.flatMap(({ items }) =>
    items.filter(({ id }) => {
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    }),
  );
}

/** How many executions of a newer first page the feed does not show. `more`: there may be others beyond the page. */
export function countNew(feed: Feed, fresh: FeedPage): { count: number; more: boolean } {
  const known = new Set(feedItems(feed).map(({ id }) => id));
  const newest = feed.pages.flatMap(({ items }) => items)[0];
  const count = fresh.items.filter((item) => !known.has(item.id) && isBefore(item, newest)).length;
  return { count, more: count === fresh.items.length && fresh.next !== undefined };
}

/**
 * The feed with a page that was asked for again. Executions it has are renewed where they stand; those that should be
 * on it and are not have changed so that the filters leave them out, and go. Nothing moves and nothing is added.
 *
 * @param index which page it was
 */
export function renewPage(feed: Feed, index: number, fresh: FeedPage): Feed {
  const first = feed.pages[index]?.items[0];
  const last = fresh.items.at(-1);
  const renewed = new Map(fresh.items.map((item) => [item.id, item]));
  // A page that answers nothing and has no next one says that there is nothing from here on.
  const covered = (item: ExecutionSummary) =>
    first !== undefined &&
    !isBefore(item, first) &&
    (fresh.next === undefined || (last !== undefined && !isBefore(last, item)));
  return {
    ...feed,
    pages: feed.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => renewed.get(item.id) ?? (covered(item) ? [] : item)),
    })),
  };
}

/**
 * The feed with everything a newer first page says: new executions stand at its top. When so many came that the page
 * doesn't reach down to what is known, the feed begins anew with it: a gap would look like a complete list.
 */
export function takeNewest(feed: Feed, fresh: FeedPage): Feed {
  const known = new Set(feedItems(feed).map(({ id }) => id));
  const overlaps = fresh.items.some(({ id }) => known.has(id));
  if (!overlaps && fresh.next !== undefined) return { pages: [fresh], pageParams: [undefined] };
  const renewed = renewPage(feed, 0, fresh);
  const [head, ...rest] = renewed.pages;
  if (!head) return { pages: [fresh], pageParams: [undefined] };
  const newest = head.items[0];
  const added = fresh.items.filter((item) => !known.has(item.id) && isBefore(item, newest));
  return { ...renewed, pages: [{ ...head, items: [...added, ...head.items] }, ...rest] };
}

/** The place of each page's first and last row in the whole list, to know which pages are in sight. */
export function pageAt(feed: Feed, row: number): number {
  let end = 0;
  const index = feed.pages.findIndex(({ items }) => {
    end += items.length;
    return row < end;
  });
  return index === -1 ? Math.max(0, feed.pages.length - 1) : index;
}

/** Newest first, as the API sorts: by the time they were created, then by id. True where `a` stands above `b`. */
function isBefore(a: ExecutionSummary, b: ExecutionSummary | undefined): boolean {
  if (!b) return true;
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt;
}
