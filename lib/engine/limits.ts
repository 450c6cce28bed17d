import { LARGEST_OUTPUTS_KB } from "../flow/settings.ts";

/** Bounds of a run. All times in milliseconds. */
export interface EngineLimits {
  /** A finished step waits at most this long for company before it is recorded, so that people watching see progress. */
  flushAfterMs: number;
  /** No more than this waits to be recorded, in characters of JSON: PostgreSQL takes 256 MB of it at once. */
  flushAfterSize: number;
  /** Rows of one execution, every attempt counted. */
  maxSteps: number;
  /** Size of one step's outputs as JSON in UTF-8. A flow may set less, see output-size.ts. */
  maxOutputBytes: number;
  /** Outputs of all cards of an execution together, in characters of JSON: they are held in memory while it runs. */
  maxHeldOutputs: number;
  /** Inputs of one step, in characters of JSON. */
  maxInput: number;
  /** Inputs of all steps of an execution together, in characters of JSON. */
  maxInputs: number;
  /** Levels of objects and lists within a step's outputs. */
  maxOutputDepth: number;
  /** A card that only reads is stopped at its next call after this long. */
  maxCardMs: number;
  /** After this long a run leaves its worker to others and comes back. 0 while the worker stops: a long list leaves too. */
  sliceMs: number;
  /** Tries after the first where a card does not say: 3 retries are 4 attempts. */
  retries: number;
  /** Wait before the first retry; doubled for each further one. */
  backoffMs: number;
  maxBackoffMs: number;
  /** No wait for a rate limit is longer: a reset further away is a wrong clock or a wrong header. */
  maxWaitMs: number;
  /** Executions waiting for the same reset come back spread over this long. */
  rateLimitSpreadMs: number;
  /**
   * How long an execution waits for a connection that is not authorized. Whoever authorizes it again wakes it; this is
   * for a wake-up that was lost.
   */
  parkMs: number;
  /** How long a card is waited for in all, whatever for, counted from its first attempt since a person last retried it. */
  maxTotalWaitMs: number;
  /**
   * How long after its intent a write may still be under way, by the store's clock: until then one that can't be found done
   * is neither sent again nor asked about.
   */
  underWayMs: number;
  /** How long after a write of unknown outcome reading it back is tried, before a person is asked. */
  settleWithinMs: number;
  /**
   * Where in a spread a wait falls: 0 to 1, without randomness. `seed` names execution, card and attempt, so that a
   * thousand executions failing in the same second do not come back in the same second.
   */
  spread: (seed: string) => number;
}

/**
 * Seconds a write may be under way. No call is waited for longer than 45 s (okta-http-client.ts), and an org that is slow
 * goes on with one whose caller has given up or died: sent again at 45 s, a DELETE deactivated a user, and the first one,
 * done at 50 s, deleted them for good. The rest is for what lies between an intent and its call's first byte.
 */
export const UNDER_WAY_SECONDS = 60;

export const DEFAULT_LIMITS: EngineLimits = {
  flushAfterMs: 1000,
  flushAfterSize: 20_000_000,
  maxSteps: 10_000,
  maxOutputBytes: LARGEST_OUTPUTS_KB * 1000,
  maxHeldOutputs: 100_000_000,
  maxInput: 10_000_000,
  maxInputs: 100_000_000,
  maxOutputDepth: 100,
  maxCardMs: 15 * 60_000,
  sliceMs: 60_000,
  retries: 3,
  backoffMs: 1000,
  maxBackoffMs: 60_000,
  maxWaitMs: 15 * 60_000,
  rateLimitSpreadMs: 1000,
  parkMs: 24 * 60 * 60_000,
  maxTotalWaitMs: 7 * 24 * 60 * 60_000,
  underWayMs: UNDER_WAY_SECONDS * 1000,
  settleWithinMs: 15 * 60_000,
  spread: spreadOf,
};

/** A number from 0 up to 1 that looks random and is the same for the same seed (FNV-1a, 32 bits). */
export function spreadOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  }
  // The last bytes barely reach the high bits; one more mixing round spreads neighbours apart.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
