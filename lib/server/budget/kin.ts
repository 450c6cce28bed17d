import type { SharedBucket } from "./lend-calls.ts";
import { SAME_WINDOW_MS } from "./window-times.ts";

/** What was last known of this bucket and another one of its connection, by the other's name. */
export type Kin = { [bucket: string]: { window: number; one: boolean } };

/**
 * Two that were told apart stay so for so many seconds of Okta's clock. Where a window is used up in a moment there may be
 * no telling before it is over, and those that wait for it start the next windows of both together again.
 */
const APART_S = 600;

export interface NamedBucket {
  name: string;
  bucket: SharedBucket;
}

/**
 * Whether Okta counts two of our buckets as one, which only its answers tell: same limit, same reset, and not told
 * apart by `AnswerOrder`. Until a window's first answers it is as it was in
 * the last one both were seen in; so it is near a window's end, when one of them may have seen the next already.
 */
export function areOne(a: NamedBucket, b: NamedBucket, now: number): boolean {
  if (a.bucket.limit === null || a.bucket.limit !== b.bucket.limit) return false;
  const last = lastKnown(a, b);
  const [one, other] = [windowOf(a.bucket, now), windowOf(b.bucket, now)];
  if (!one || !other) return last?.one ?? false;
  if (one.window === other.window) return !last || last.one || one.window - last.window > APART_S;
  return one.leftMs <= SAME_WINDOW_MS || other.leftMs <= SAME_WINDOW_MS ? (last?.one ?? false) : false;
}

/**
 * Which of the connection's buckets are one with this. Decided anew with each window both have seen, or, once
 * they were told apart, ten minutes later: that two windows ended in the same second once says nothing of the next ones.
 *
 * @param apart see `BucketReport`
 * @returns the bucket with what is known now, and those that are one with it
 */
export function settleKin(
  { name, bucket }: NamedBucket,
  others: readonly NamedBucket[],
  apart: { window: number; buckets: readonly string[] } | undefined,
  now: number,
): { bucket: SharedBucket; mates: SharedBucket[] } {
  const told: Kin = { ...bucket.kin };
  for (const other of apart?.buckets ?? []) told[other] = { window: apart?.window ?? 0, one: false };
  const self = { name, bucket: { ...bucket, kin: told } };
  const kin: Kin = {};
  const mates: SharedBucket[] = [];
  for (const other of others) {
    if (bucket.limit === null || other.bucket.limit !== bucket.limit) continue;
    const one = areOne(self, other, now);
    if (one) mates.push(other.bucket);
    const window = bothSeen(bucket, other.bucket, one, now);
    const known = window === undefined ? lastKnown(self, other) : { window, one };
    if (known) kin[other.name] = known;
  }
  return { bucket: { ...bucket, kin }, mates };
}

/** The window in which it is decided; undefined while it can't be. */
function bothSeen(a: SharedBucket, b: SharedBucket, areOne: boolean, now: number): number | undefined {
  const [one, other] = [windowOf(a, now), windowOf(b, now)];
  if (!one || !other) return undefined;
  const inDoubt = one.leftMs <= SAME_WINDOW_MS || other.leftMs <= SAME_WINDOW_MS;
  // Two told apart before are not told apart once more by having the same reset.
  if (one.window === other.window ? !areOne : inDoubt || areOne) return undefined;
  return Math.max(one.window, other.window);
}

function lastKnown(a: NamedBucket, b: NamedBucket): Kin[string] | undefined {
  const [one, other] = [a.bucket.kin[b.name], b.bucket.kin[a.name]];
  if (!one || !other) return one ?? other;
  if (one.window !== other.window) return one.window > other.window ? one : other;
  return one.one ? other : one;
}

function windowOf({ remaining, window, endsAt }: SharedBucket, now: number) {
  if (remaining === null || window === null || endsAt === null || endsAt <= now) return undefined;
  return { window, leftMs: endsAt - now };
}
