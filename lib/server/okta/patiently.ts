import { setTimeout as sleep } from "node:timers/promises";
import { CardError } from "../../cards/errors.ts";
import type { MayGoOn, WaitingPlace } from "../../engine/ports.ts";
import { freeAt, WAIT_CODES } from "../budget/waits.ts";

/** Tries of one page that Okta did not answer, after the first: a list of 500 pages meets a lost connection now and then. */
const RETRIES = 4;
const BACKOFF_MS = 1_000;
/** How often it is asked whether to wait on. */
const NAP_MS = 1_000;
/** Waits for one page come to no more than this. */
const LONGEST_MS = 15 * 60_000;
/** Where nobody can end the wait, a person looks on: one window of Okta's and a little. */
const LONGEST_UNWATCHED_MS = 70_000;
/** The longest pause for a limit that frees up as soon as another call ends. */
const LONGEST_PAUSE_MS = 30_000;
/** Waits for one page that come to less are not worth a word, which is a statement to the database. */
const TOLD_FROM_MS = 2_000;

export interface Patience {
  /** Asked about once a second while it waits; what it throws ends the wait. Absent where the card may not be ended here. */
  mayGoOn?: MayGoOn;
  /** Where waits for a rate limit take place and are shown; the caller gives it back. */
  place?: WaitingPlace;
  /** Tries after the first of a call that got no answer. */
  retries?: number;
}

/**
 * Makes a further call of a card, and waits here for a rate limit or an outage of moments. Were the card sent away
 * instead, it would begin at its first call again, and a list of more pages than a window has calls would never end.
 *
 * @throws CardError what the call threw where waiting here does not help: refusals, an org that is down for longer. Of a
 *   rate limit too where no place to wait is free and the card may be ended: cards that wait must not take the whole worker
 *   from other flows
 */
export async function patiently<T>(
  call: () => Promise<T>,
  { mayGoOn, place, retries = RETRIES }: Patience,
): Promise<T> {
  const longestMs = mayGoOn || place ? LONGEST_MS : LONGEST_UNWATCHED_MS;
  let failures = 0;
  let refusals = 0;
  try {
    for (let waited = 0; ; ) {
      try {
        return await call();
      } catch (error) {
        const waitMs = waitAfter(error, { failures, refusals, retries });
        if (waitMs === undefined || waited + waitMs > longestMs) throw error;
        waited += waitMs;
        if (isRateLimit(error)) {
          refusals++;
          if (place && !place.take() && mayGoOn) throw error;
          if (waited >= TOLD_FROM_MS) await place?.tell(reasonOf(error), waitMs);
        } else failures++;
        await napping(waitMs, mayGoOn);
      }
    }
  } finally {
    await place?.goOn();
  }
}

function isRateLimit(error: unknown): error is CardError {
  return error instanceof CardError && error.details.kind === "rateLimited";
}

/** What the execution shows: of a wait of ours, what it is for; of Okta's 429 the same as where it leaves its worker. */
function reasonOf({ message, details }: CardError): string {
  return details.status === undefined ? message : "Waiting for Okta: its rate limit is used up.";
}

/** Milliseconds until the call is worth another try; undefined where it is not. */
function waitAfter(
  error: unknown,
  { failures, refusals, retries }: { failures: number; refusals: number; retries: number },
): number | undefined {
  if (!(error instanceof CardError)) return undefined;
  const { kind, code } = error.details;
  const retryAt = freeAt(error);
  if (kind === "unavailable") return failures < retries ? BACKOFF_MS * 2 ** failures : undefined;
  // Nobody knows when an org that is down is back; the execution waits for it without a worker.
  if (kind !== "rateLimited" || code === WAIT_CODES.down) return undefined;
  if (retryAt === undefined) return Math.min(BACKOFF_MS * 2 ** refusals, LONGEST_PAUSE_MS);
  return Math.max(retryAt - Date.now(), BACKOFF_MS);
}

async function napping(waitMs: number, mayGoOn?: MayGoOn): Promise<void> {
  for (let left = waitMs; left > 0; left -= NAP_MS) {
    mayGoOn?.("waits");
    await sleep(Math.min(left, NAP_MS));
  }
}
