import type { Outlook } from "#lib/api/backlog.ts";
import { limitClearsIn, type WaitedLimit } from "#lib/api/limit-clears-in.ts";
import { SLOT_SECONDS } from "../queue/ended-lately.ts";

/** What is known of a backlog. Times are seconds. */
export interface BacklogFacts {
  /** Executions that could run now, and those that wait for a rate limit. */
  ready: number;
  okta: number;
  /** How long the longest of both has waited; 0 where nobody knows. */
  age: number;
  /** Of each living worker: executions it ended in slots of `SLOT_SECONDS`, the newest first. */
  ended: readonly (readonly number[])[];
  /** How long ago one of them last ended an execution, or started where it ended none; null where there is none. */
  sinceLastEnd: number | null;
  arrivedPerSecond: number;
  /** Rate limits that are waited for. */
  limits: readonly WaitedLimit[];
  /** Until the last of those that wait for a rate limit may try again. */
  oktaFor: number;
}

/** Slots a pace is taken from: more than one, for workers tell at different moments. */
const LEAST_SLOTS = 2;
const MOST_SLOTS = 12;
/** What is younger has met figures from before it came: a time they make longer than this is not said. */
const FRESH_SECONDS = LEAST_SLOTS * SLOT_SECONDS;
const SAID_OF_FRESH_SECONDS = 60;
/** Silent for so many slots, nothing ends. */
const STANDING_SLOTS = 3;
/** Arrivals are counted and not spread evenly: only what is clearly more is called so. */
const CLEARLY = 1.1;

/**
 * Executions that end per second, over all workers: from the time since the backlog began, which is when they had enough to
 * do, and of a minute at most. A worker that lives for less than that counts with the time it lives.
 */
export function paceOf({ ended, age }: Pick<BacklogFacts, "ended" | "age">): number {
  const slots = Math.min(MOST_SLOTS, Math.max(LEAST_SLOTS, Math.ceil(age / SLOT_SECONDS)));
  return ended.reduce((sum, ofWorker) => {
    const seen = ofWorker.slice(0, slots);
    return seen.length === 0 ? sum : sum + total(seen) / (seen.length * SLOT_SECONDS);
  }, 0);
}

/**
 * When what waits for a worker or a rate limit will be over, or why nobody can say. The later of two: at the present pace,
 * and as the rate limits refill. Nothing is said where nothing ends, while more arrives than ends, and before the pace is
 * one that was seen with this backlog.
 *
 * @param now milliseconds since 1970
 */
export function outlookOf(facts: BacklogFacts, now: number): Outlook {
  const { ready, okta, age, ended, limits, oktaFor, arrivedPerSecond, sinceLastEnd } = facts;
  if (ready + okta === 0) return { kind: "clear" };
  if (ended.length === 0) return { kind: "no-worker" };
  const byLimits = Math.max(oktaFor, ...limits.map(limitClearsIn));
  // A pace from a time in which there was nothing to do says nothing of those that only wait for Okta.
  if (ready === 0) return { kind: "done", inSeconds: Math.ceil(byLimits), by: "okta" };
  const pace = paceOf(facts);
  const fresh = age < FRESH_SECONDS;
  if (ended.every((slots) => total(slots) === 0)) {
    if (fresh || ended.every(({ length }) => length < STANDING_SLOTS)) return { kind: "unknown" };
    const standing = Math.min(age, sinceLastEnd ?? age);
    return { kind: "standing", since: new Date(now - standing * 1000).toISOString() };
  }
  if (pace === 0) return { kind: "unknown" };
  const byPace = (ready + okta) / pace;
  const more = arrivedPerSecond > pace * CLEARLY;
  // What has just begun to pile up was not there for all of the time the pace is from.
  if (fresh && (more || byPace > SAID_OF_FRESH_SECONDS)) return { kind: "unknown" };
  if (more) return { kind: "growing" };
  const inSeconds = Math.ceil(Math.max(byPace, byLimits));
  return { kind: "done", inSeconds, by: byLimits > byPace ? "okta" : "pace" };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
