import { page, readCursor } from "../http/paging.ts";
import type { Call } from "../http/router.ts";

/**
 * One page of a list that pages in its body: `_links.next` names the following page, and is not there on the last.
 * `items` come in the order of their `seq`. The `iam` endpoints do so; all others send Link headers.
 */
export function bodyPage<T extends { seq: number }>(
  call: Call,
  all: Iterable<T>,
  limit: number,
  fits?: (item: T) => boolean,
): { items: T[]; _links: { _links?: { next: { href: string } } } } {
  const { items, next } = page(all, ({ seq }) => seq, readCursor(call), limit, fits);
  if (next === null) return { items, _links: {} };
  const query = new URLSearchParams(call.query);
  query.set("after", next);
  const href = `${call.org.baseUrl}${call.path}?${query}`;
  return { items, _links: { _links: { next: { href } } } };
}
