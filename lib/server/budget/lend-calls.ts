import type { SeenLimit } from "../okta/read-limit.ts";
import type { Kin } from "./kin.ts";
import { SAME_WINDOW_MS, WINDOW_MS } from "./window-times.ts";

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
  /** By flow: those that were refused in the window before or in this one. Empty while there is enough for all. */
  turns: Turns;
  /** Which other buckets of the connection Okta counts together with this one. */
  kin: Kin;
}

export type Turns = { [flowId: string]: Turn };

/** What a flow wants of a window that is not enough for all. */
export interface Turn {
  /** Calls it was refused in the window before; this one keeps its part of them for it. */
  wanted: number;
  /** Calls it was lent in this window since it is known to want some. */
  granted: number;
  /** Calls it was refused in this window. */
  refused: number;
}

/** What a worker learned since it last spoke of this bucket. */
export interface BucketReport {
  /** Calls it made. */
  used: number;
  /** The newest answer's headers; absent where there was none with any. */
  seen?: SeenLimit;
  /** Calls it refused by itself, because it had been told that the flow's part was used up; by flow. */
  refused?: { [flowId: string]: number };
  /** Buckets that can't have been one with this one in that window (`AnswerOrder`). */
  apart?: { window: number; buckets: readonly string[] };
}

/** What a worker is told. */
export type Loan =
  /**
   * May make so many calls within `forMs`; `floor` is what they must leave in the bucket. For the flow that asked alone
   * where others want some too, else for whichever comes.
   */
  | { kind: "lent"; calls: number; forMs: number; floor: number; window: number | null; alone: boolean }
  /** Nobody knows the limit yet: one call, to find out. */
  | { kind: "probe" }
  | { kind: "spent"; waitMs: number };

/** Before a window's first answer nobody knows its end: loans are short, so that they are asked for again with it. */
const GUESSED_FOR_MS = 2_000;
/** A window is lent in so many parts at least: one worker that dies takes no more than that along. */
const PARTS = 20;
/**
 * Of a limit of hundreds of thousands a twentieth is still too much to lose: twelve workers killed within a minute took so
 * many loans along that nothing was left to lend, and all executions waited for the next window.
 */
const MOST_CALLS = 250;

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
  turns: {},
  kin: {},
};

/** The bucket after what a worker reported. */
export function noteReport(bucket: SharedBucket, report: BucketReport, now: number): SharedBucket {
  const { used, seen, refused = {} } = report;
  // Refused before the window that begins now, so it is that window they want calls of.
  const told = Object.entries(refused).reduce((noted, [flow, calls]) => refuse(noted, flow, calls), bucket);
  const current = inWindow(told, now);
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
 * While all calls that are wanted can be lent, whoever comes first gets them. A flow that was refused is known to want calls
 * of the next window: of that one an equal part is kept for it, as many as it was refused at most, whoever comes first.
 *
 * What is lent of those Okta counts together with it (`settleKin`) counts as lent of it, or each would lend the whole share.
 *
 * @param reserve percent of the limit that is left to others, 0 to 99
 * @param flow whose call it is
 * @param mates the buckets that are one with it
 */
export function lendCalls(
  bucket: SharedBucket,
  reserve: number,
  now: number,
  flow = "",
  mates: readonly SharedBucket[] = [],
): { bucket: SharedBucket; loan: Loan } {
  const current = inWindow(bucket, now);
  const { limit, remaining } = current;
  const window = remaining === null ? null : current.window;
  if (limit === null)
    return { bucket: { ...current, granted: current.granted + 1 }, loan: { kind: "probe" } };
  const share = shareOf(limit, reserve);
  const endsAt = current.endsAt ?? now + WINDOW_MS;
  const forMs = lastsMs({ ...current, endsAt }, now);
  const rows = [current, ...mates.map((mate) => inWindow(mate, now))];
  const joint = together(rows);
  const [free, freeJointly] = [freeOf(together([current]), limit, share), freeOf(joint, limit, share)];
  const wanted = turnsOf(rows);
  const open = openTo(flow, wanted, Math.min(free, freeJointly), share);
  if (open <= 0) {
    const waitMs = freeJointly < free && joint.endsAt !== null ? lastsMs(joint, now) : forMs;
    return { bucket: refuse({ ...current, endsAt }, flow, 1), loan: { kind: "spent", waitMs } };
  }
  // Until the new window's first answer nobody knows what Okta counts in it already.
  const calls = remaining === null ? 1 : Math.min(Math.ceil(share / PARTS), MOST_CALLS, Math.ceil(open / 2));
  const alone = Object.keys(wanted).some((other) => other !== flow);
  const turn = current.turns[flow] ?? (alone ? NO_TURN : undefined);
  const turns = turn
    ? { ...current.turns, [flow]: { ...turn, granted: turn.granted + calls } }
    : current.turns;
  const lent = { ...current, endsAt, granted: current.granted + calls, turns };
  return { bucket: lent, loan: { kind: "lent", calls, forMs, floor: limit - share, window, alone } };
}

/** What is known of the window of those that are one. */
interface Joint {
  remaining: number | null;
  endsAt: number | null;
  granted: number;
  /** Lent and not reported: under way, or still to be made. */
  out: number;
}

/**
 * Of rows that are one: the latest window any of them has seen is that of all. One that has seen none of it lends of it
 * already; of one that is still in the window before, what is under way may fall into it.
 */
function together(rows: readonly SharedBucket[]): Joint {
  const known = rows.filter(({ remaining }) => remaining !== null);
  const latest = Math.max(...known.map(({ window }) => window ?? 0));
  const isOver = (row: SharedBucket) => row.remaining !== null && (row.window ?? 0) < latest;
  const seen = known.filter((row) => !isOver(row));
  const outOf = ({ granted, used }: SharedBucket) => Math.max(0, granted - used);
  return {
    remaining: seen.length === 0 ? null : Math.min(...seen.map(({ remaining }) => remaining ?? 0)),
    endsAt: seen.length === 0 ? null : Math.max(...seen.map(({ endsAt }) => endsAt ?? 0)),
    granted: sum(rows.map((row) => (isOver(row) ? outOf(row) : row.granted))),
    out: sum(rows.map(outOf)),
  };
}

function freeOf({ remaining, granted, out }: Joint, limit: number, share: number): number {
  return Math.min(share - granted, (remaining ?? limit) - (limit - share) - out);
}

function lastsMs({ remaining, endsAt }: Pick<Joint, "remaining" | "endsAt">, now: number): number {
  const left = (endsAt ?? now + WINDOW_MS) - now;
  return remaining === null ? Math.min(left, GUESSED_FOR_MS) : left;
}

function turnsOf(rows: readonly SharedBucket[]): Turns {
  const all: Turns = {};
  for (const [flow, turn] of rows.flatMap(({ turns }) => Object.entries(turns))) {
    const { wanted, granted, refused } = all[flow] ?? NO_TURN;
    all[flow] = {
      wanted: wanted + turn.wanted,
      granted: granted + turn.granted,
      refused: refused + turn.refused,
    };
  }
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const NO_TURN: Turn = { wanted: 0, granted: 0, refused: 0 };

/** Of so many free calls those a flow may have: what is kept for the others is not among them, what is kept for it is. */
function openTo(flow: string, turns: Turns, free: number, share: number): number {
  const others = Object.entries(turns).filter(([id]) => id !== flow);
  const part = Math.max(1, Math.floor(share / (others.length + 1)));
  const due = ({ wanted, granted }: Turn) => Math.max(0, Math.min(part, wanted) - granted);
  const kept = others.reduce((sum, [, turn]) => sum + due(turn), 0);
  return Math.max(free - kept, Math.min(free, due(turns[flow] ?? NO_TURN)));
}

function refuse(bucket: SharedBucket, flow: string, calls: number): SharedBucket {
  const turn = bucket.turns[flow] ?? NO_TURN;
  return { ...bucket, turns: { ...bucket.turns, [flow]: { ...turn, refused: turn.refused + calls } } };
}

/** How many calls of a bucket flows may make per window. */
export function shareOf(limit: number, reserve: number): number {
  return Math.max(1, Math.floor((limit * (100 - reserve)) / 100));
}

/** The bucket as it is at this time. */
export function inWindow(bucket: SharedBucket, now: number): SharedBucket {
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
  const { limit, used, window, kin } = bucket;
  const refused = recent ? Object.entries(bucket.turns).filter(([, turn]) => turn.refused > 0) : [];
  return {
    limit,
    remaining: null,
    endsAt: null,
    window,
    granted: carried,
    carried,
    used: 0,
    usedBefore: used,
    turns: Object.fromEntries(refused.map(([flow, turn]) => [flow, { ...NO_TURN, wanted: turn.refused }])),
    kin,
  };
}
