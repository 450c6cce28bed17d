import { invalid, problem } from "./problem.ts";
import type { Call } from "./router.ts";

/** Where a page ended. `key` is the sort value of its last item when the list is sorted by something. */
export interface Cursor {
  seq: number;
  key?: string;
}

/** Reads `limit`. Values above `max` are capped, as Okta does; anything that is no positive number is a 400. */
export function readLimit(call: Call, standard: number, max: number, min = 1): number {
  const text = call.query.get("limit");
  if (text === null || text === "") return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min) {
    throw invalid("limit", `limit: must be a whole number between ${min} and ${max}`);
  }
  return Math.min(value, max);
}

/** Reads `after`, which only this server understands. Throws E0000029 for a value it did not make. */
export function readCursor(call: Pick<Call, "query">): Cursor | null {
  const text = call.query.get("after");
  if (text === null || text === "") return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(parsed) || typeof parsed[0] !== "number") throw new Error("not a cursor");
    return typeof parsed[1] === "string" ? { seq: parsed[0], key: parsed[1] } : { seq: parsed[0] };
  } catch {
    throw problem("E0000029");
  }
}

/** The opaque text of a cursor. */
export function cursorText(cursor: Cursor): string {
  const parts = cursor.key === undefined ? [cursor.seq] : [cursor.seq, cursor.key];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The `link` headers of a page: self always, next when `next` is given. */
export function linkHeaders(call: Call, limit: number | null, next: string | null): { link: string[] } {
  const self = new URLSearchParams(call.query);
  if (limit !== null) self.set("limit", String(limit));
  const links = [`<${address(call, self)}>; rel="self"`];
  if (next !== null) {
    const following = new URLSearchParams(self);
    following.set("after", next);
    links.push(`<${address(call, following)}>; rel="next"`);
  }
  return { link: links };
}

function address(call: Call, query: URLSearchParams): string {
  const text = query.toString();
  return `${call.org.baseUrl}${call.path}${text ? `?${text}` : ""}`;
}

/**
 * Cuts one page out of items in scan order, starting after the cursor. `fits` says which items the list has; it is asked
 * only of those after the cursor, so that a search of many pages does not look at everybody for each of them.
 */
export function page<T>(
  items: Iterable<T>,
  seqOf: (item: T) => number,
  cursor: Cursor | null,
  limit: number,
  fits: (item: T) => boolean = () => true,
): { items: T[]; next: string | null } {
  const found: T[] = [];
  for (const item of items) {
    if ((cursor && seqOf(item) <= cursor.seq) || !fits(item)) continue;
    if (found.length === limit) {
      const last = found.at(-1);
      return { items: found, next: last === undefined ? null : cursorText({ seq: seqOf(last) }) };
    }
    found.push(item);
  }
  return { items: found, next: null };
}
