import type { SeenLimit } from "../okta/read-limit.ts";

/**
 * One rate bucket of an org as all workers share it. Times are milliseconds since 1970 by the database's clock, the one
 * clock they have in common.
 */
export interface SharedBucket {
  /** Calls per window; null before the first answer. */
  limit: number | null;
  /** The least seen left in this window; null before its first answer, when `endsAt` is only a guess. */
  remaining: number | null;
  endsAt: number | null;
  /**
   * What Okta's answers call this window (X-Rate-Limit-Reset), before its first answer the one before it; null where they
   * named none.
   */
  window: number | null;
  /** Calls lent to workers in this window, with those carried over. */
  granted: number;
  carried: number;
  /** Calls workers said they made in this window, and in the one before. */
  used: number;
  usedBefore: number;
}

/** What a worker learned since it last spoke of this bucket. */
export interface BucketReport {
  /** Calls it made. */
  used: number;
  /** The newest answer's headers; absent where there was none with any. */
  seen?: SeenLimit;
}

/** What a worker is told. */
export type Loan =
  /** May make so many calls within `forMs`; `floor` is what they must leave in the bucket. */
  | { kind: "lent"; calls: number; forMs: number; floor: number; window: number | null }
  /** Nobody knows the limit yet: one call, to find out. */
  | { kind: "probe" }
  | { kind: "spent"; waitMs: number };

/** Okta's windows are a minute long where its answers do not say otherwise. */
const WINDOW_MS = 60_000;
/** Before a window's first answer nobody knows its end: loans are short, so that they are asked for again with it. */
const GUESSED_FOR_MS = 2_000;
/**
 * Answers of one window put its end up to a second apart, because Date has whole seconds, and later by as much as a busy
 * machine reads them late. By time alone one window may be taken for two and lent twice, so windows are told apart by the
 * reset they name; by time only where they name none.
 */
const SAME_WINDOW_MS = 3_000;
/** A window is lent in so many parts at least: one worker that dies takes no more than that along. */
const PARTS = 20;

/** A bucket nobody has called yet. */
export const NEW_BUCKET: SharedBucket = {
  limit: null,
  remaining: null,
  endsAt: null,
  window: null,
  granted: 0,
  carried: 0,
  used: 0,
  usedBefore: 0,
};

/** The bucket after what a worker reported. */
export function noteReport(bucket: SharedBucket, { used, seen }: BucketReport, now: number): SharedBucket {
  const current = inWindow(bucket, now);
  const counted = { ...current, used: current.used + used };
  if (!seen || seen.limit <= 0) return counted;
  const { limit, remaining } = seen;
  const learned = { limit, remaining, endsAt: now + seen.endsInMs, window: seen.window ?? null };
  // An answer of a window that is as good as over says nothing of the next one.
  if (learned.endsAt <= now) return { ...counted, limit: counted.limit ?? limit };
  // A late answer of the window before: taken for the new one's, a call that counts there would be forgotten with it.
  if (counted.remaining === null && learned.window !== null && learned.window === counted.window)
    return counted;
  if (counted.endsAt === null || counted.remaining === null) return { ...counted, ...learned };
  const least = Math.min(counted.remaining, remaining);
  const order = compareWindows(learned, counted.window, counted.endsAt);
  if (order === 0) return { ...counted, limit, remaining: least };
  if (order < 0) {
    const stale = learned.endsAt < now + SAME_WINDOW_MS;
    return stale ? counted : { ...counted, ...learned, remaining: least };
  }
  // Okta began a new window before ours was over: what it counts already, and what is still lent, is gone from it.
  const next = roll(counted, now);
  const taken = Math.max(0, limit - remaining);
  return { ...next, ...learned, granted: next.granted + taken, used: taken };
}

/** Negative for a window before the known one, 0 for the same, positive for a later one. */
function compareWindows(
  seen: { endsAt: number; window: number | null },
  window: number | null,
  endsAt: number,
): number {
  if (seen.window !== null && window !== null) return seen.window - window;
  const apart = seen.endsAt - endsAt;
  return Math.abs(apart) <= SAME_WINDOW_MS ? 0 : apart;
}

/**
 * Lends a part of a bucket. All loans of a window together are at most its limit less the reserve, and less where other
 * clients of the org have used so much that the reserve would be touched. The last call of a tiny bucket may be used in
 * any case, or its flows would wait for ever.
 *
 * @param reserve percent of the limit that is left to others, 0 to 99
 */
export function lendCalls(
  bucket: SharedBucket,
  reserve: number,
  now: number,
): { bucket: SharedBucket; loan: Loan } {
  const current = inWindow(bucket, now);
  const { limit, remaining } = current;
  const window = remaining === null ? null : current.window;
  if (limit === null)
    return { bucket: { ...current, granted: current.granted + 1 }, loan: { kind: "probe" } };
  const share = shareOf(limit, reserve);
  const endsAt = current.endsAt ?? now + WINDOW_MS;
  const out = Math.max(0, current.granted - current.used);
  const left = remaining === null ? limit : remaining;
  const free = Math.min(share - current.granted, left - (limit - share) - out);
  const forMs = remaining === null ? Math.min(endsAt - now, GUESSED_FOR_MS) : endsAt - now;
  if (free <= 0) return { bucket: { ...current, endsAt }, loan: { kind: "spent", waitMs: forMs } };
  // Until the new window's first answer nobody knows what Okta counts in it already.
  const calls = remaining === null ? 1 : Math.min(Math.ceil(share / PARTS), Math.ceil(free / 2));
  const lent = { ...current, endsAt, granted: current.granted + calls };
  return { bucket: lent, loan: { kind: "lent", calls, forMs, floor: limit - share, window } };
}

/** How many calls of a bucket flows may make per window. */
export function shareOf(limit: number, reserve: number): number {
  return Math.max(1, Math.floor((limit * (100 - reserve)) / 100));
}

function inWindow(bucket: SharedBucket, now: number): SharedBucket {
  return bucket.endsAt !== null && now >= bucket.endsAt ? roll(bucket, now) : bucket;
}

/**
 * The next window. Okta's may have begun up to two seconds before ours ends: calls lent and not yet reported may have
 * fallen into it and count there. Those of a window before have ended long ago.
 */
function roll(bucket: SharedBucket, now: number): SharedBucket {
  const recent = bucket.endsAt !== null && now < bucket.endsAt + WINDOW_MS;
  const out = Math.max(0, Math.min(bucket.granted - bucket.used, bucket.granted - bucket.carried));
  const carried = recent ? out : 0;
  const { limit, used, window } = bucket;
  return {
    limit,
    remaining: null,
    endsAt: null,
    window,
    granted: carried,
    carried,
    used: 0,
    usedBefore: used,
  };
}
