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
  const count = unknownIn(feed, fresh).length;
  return { count, more: count > 0 && count === fresh.items.length && fresh.next !== undefined };
}

/**
 * Executions of a fresh first page that the feed should show and doesn't. Most are newer than all it has, but not all:
 * one that fails only now enters a list of failures at the place of its creation, and of two transactions the one that
 * began first may be seen last.
 */
function unknownIn(feed: Feed, fresh: FeedPage): ExecutionSummary[] {
  const items = feedItems(feed);
  const known = new Set(items.map(({ id }) => id));
  const oldest = items.at(-1);
  const complete = feed.pages.at(-1)?.next === undefined;
  return fresh.items.filter(
    // What belongs below the last loaded page comes with the page after it.
    (item) => !known.has(item.id) && (complete || oldest === undefined || isBefore(item, oldest)),
  );
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
 * The feed with everything a fresh first page says, what is new in its place. When so many came that the page doesn't
 * reach down to what is known, the feed begins anew with it: a gap would look like a complete list.
 */
export function takeNewest(feed: Feed, fresh: FeedPage): Feed {
  const added = unknownIn(feed, fresh);
  if (added.length === fresh.items.length && fresh.next !== undefined) {
    return { pages: [fresh], pageParams: [undefined] };
  }
  const renewed = renewPage(feed, 0, fresh);
  const last = renewed.pages.length - 1;
  let left = added;
  const pages = renewed.pages.map((page, index) => {
    const end = page.items.at(-1);
    const here = left.filter((item) => index === last || (end !== undefined && isBefore(item, end)));
    if (here.length === 0) return page;
    left = left.filter((item) => !here.includes(item));
    return { ...page, items: [...page.items, ...here].sort((a, b) => (isBefore(a, b) ? -1 : 1)) };
  });
  return { ...renewed, pages };
}

/** The page a row of the whole list stands on. */
export function pageAt(feed: Feed, row: number): number {
  let end = 0;
  const index = feed.pages.findIndex(({ items }) => {
    end += items.length;
    return row < end;
  });
  return index === -1 ? Math.max(0, feed.pages.length - 1) : index;
}

/** Newest first, as the API sorts: by the time they were created, then by id. True where `a` stands above `b`. */
function isBefore(a: ExecutionSummary, b: ExecutionSummary): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt;
}
