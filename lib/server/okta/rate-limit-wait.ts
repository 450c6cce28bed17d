/** Okta's windows are a minute long; an answer without a usable reset waits one out. */
const WINDOW_MS = 60_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * When a call refused with 429 may be sent again, in milliseconds since 1970 by this machine's clock.
 *
 * The reset is an instant of Okta's clock, so it is compared with the answer's own Date: a console whose clock is ten
 * minutes off waits as long as any other. One second more, because Date has whole seconds.
 * @param headers lower-case names
 * @returns undefined for the concurrency limit (limit 0): it frees up as soon as another call ends, its reset is only a
 *   suggestion, and whoever waits waits longer each time
 */
export function retryAt(headers: Record<string, string>, now: number): number | undefined {
  const reset = Number(headers["x-rate-limit-reset"]) * 1000;
  const served = Date.parse(headers.date ?? "");
  if (headers["x-rate-limit-limit"] === "0") return undefined;
  if (!Number.isFinite(reset) || reset <= 0) return now + WINDOW_MS;
  const wait = reset - (Number.isNaN(served) ? now : served) + 1_000;
  return now + Math.min(Math.max(wait, 1_000), LONGEST_WAIT_MS);
}
