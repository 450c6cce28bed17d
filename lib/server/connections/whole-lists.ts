import type { ChoicePage } from "../../cards/connector.ts";

/** How long a list that took many calls to read is used. A new department is offered after that; it can be typed before. */
const FRESH_MS = 5 * 60_000;
/** Lists of so many connections and attributes are kept; the one asked for longest ago goes first. */
const MOST_KEPT = 20;
const PER_PAGE = 100;

const kept = new Map<string, { list: Promise<ChoicePage>; until: number }>();

/**
 * A page of a list that can only be read as a whole: read once, kept five minutes, searched and paged here. Two who ask
 * at the same time wait for one reading. A reading that failed is not kept.
 *
 * @param key what the list is of, the connection included
 * @param request.cursor place in the list, as the page before gave it
 */
export async function pageOfWhole(
  key: string,
  read: () => Promise<ChoicePage>,
  { search, cursor }: { search: string; cursor?: string },
): Promise<ChoicePage> {
  const { choices, note } = await whole(key, read);
  const wanted = search.trim().toLowerCase();
  const found = choices.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted));
  const start = Math.max(0, Number.parseInt(cursor ?? "0", 10) || 0);
  const end = start + PER_PAGE;
  return { choices: found.slice(start, end), cursor: end < found.length ? String(end) : undefined, note };
}

function whole(key: string, read: () => Promise<ChoicePage>): Promise<ChoicePage> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.list;
  const list = read();
  const entry = { list, until: Date.now() + FRESH_MS };
  kept.delete(key);
  kept.set(key, entry);
  list.catch(() => {
    if (kept.get(key) === entry) kept.delete(key);
  });
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return list;
}
