/** What an answer says of its rate bucket. */
export interface SeenLimit {
  limit: number;
  remaining: number;
  /** Until the window is over for sure, measured by Okta's own clock. */
  endsInMs: number;
  /** X-Rate-Limit-Reset as it came, which all answers of one window share; absent where it can't be right. */
  window?: number;
}

const WINDOW_MS = 60_000;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;

/**
 * Reads X-Rate-Limit-*. The reset is an instant of Okta's clock and is compared with the answer's own Date; one second
 * more, because Date has whole seconds. Without a usable reset a window is taken to be Okta's minute.
 *
 * @param headers lower-case names
 * @returns undefined where the headers are missing, or speak of the concurrency limit (limit 0)
 */
export function readLimit(headers: Record<string, string>, now: number): SeenLimit | undefined {
  const limit = wholeNumber(headers["x-rate-limit-limit"]);
  const remaining = wholeNumber(headers["x-rate-limit-remaining"]);
  if (limit === undefined || limit === 0 || remaining === undefined) return undefined;
  const reset = wholeNumber(headers["x-rate-limit-reset"]);
  const served = Date.parse(headers.date ?? "");
  const left = reset === undefined ? WINDOW_MS : reset * 1000 - (Number.isNaN(served) ? now : served) + 1_000;
  const endsInMs = Math.min(Math.max(left, SHORTEST_MS), LONGEST_MS);
  return reset !== undefined && left === endsInMs
    ? { limit, remaining, endsInMs, window: reset }
    : { limit, remaining, endsInMs };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}
