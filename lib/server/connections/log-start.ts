import type { Connection } from "../db/generated/client.ts";

/** Events of one page, Okta's most. */
export const PAGE_SIZE = 1000;

/**
 * How far a new start reaches back behind the newest event seen. Okta lists a polling query by the time of storing and
 * promises nothing about entries that become visible out of that order; what was read already is recognised.
 */
const OVERLAP_MS = 2 * 60_000;
/** When a flow began to listen is a time of our clock, and `since` one of Okta's: they may differ by some minutes. */
const CLOCKS_DIFFER_MS = 15 * 60_000;

/** Address of a polling query (no `until`, ascending): such a query always has a next page, which is the cursor. */
export function startOfLog(since: Date): string {
  const query = new URLSearchParams({
    since: since.toISOString(),
    sortOrder: "ASCENDING",
    limit: String(PAGE_SIZE),
  });
  return `/api/v1/logs?${query}`;
}

/**
 * Since when the log matters to a connection: from a little before the newest event seen, and not from before any flow
 * listened. What happened earlier is not for flows that were turned on since.
 * @param listeningSince when the first of its listeners began, milliseconds
 */
export function logMattersSince(
  { logSeenUntil, createdAt }: Pick<Connection, "logSeenUntil" | "createdAt">,
  listeningSince: number,
): Date {
  const seen = logSeenUntil ? logSeenUntil.getTime() - OVERLAP_MS : createdAt.getTime() - CLOCKS_DIFFER_MS;
  return new Date(Math.max(seen, listeningSince - CLOCKS_DIFFER_MS));
}
