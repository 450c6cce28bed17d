import type { JsonObject } from "../flow/json.ts";
import type { Step, StepError, StepStatus } from "./execution.ts";
import { type Failure, WORKER_LOST } from "./failure.ts";
import type { EngineLimits } from "./limits.ts";
import type { PlannedCard } from "./plan.ts";

/** What becomes of a failed attempt and of its execution. */
export interface Verdict {
  status: Extract<StepStatus, "failed" | "unknown">;
  next: { do: "fail"; waited?: true } | { do: "ask" } | { do: "wait"; until: Date; reason: string };
}

export interface FailedAttempt {
  planned: PlannedCard;
  failure: Failure;
  /** Attempts at this card before this one, oldest first. */
  earlier: readonly Step[];
  now: Date;
  /** Names execution, card and attempt, see `EngineLimits.spread`. */
  seed: string;
}

/**
 * Decides what follows a failed attempt. A write that may have taken effect is never simply sent again: where the card
 * can be repeated safely it is, where it can be read back that comes first, otherwise a person is asked.
 */
export function judge(attempt: FailedAttempt, limits: EngineLimits): Verdict {
  const verdict = verdictOn(attempt, limits);
  const [first] = automaticSeries(attempt.earlier);
  // An unknown outcome has a shorter time of its own, after which a person is asked.
  if (verdict.next.do !== "wait" || verdict.status === "unknown" || !first) return verdict;
  const waited = attempt.now.getTime() - Date.parse(first.startedAt);
  return waited < limits.maxTotalWaitMs ? verdict : { ...verdict, next: { do: "fail", waited: true } };
}

function verdictOn({ planned, failure, earlier, now, seed }: FailedAttempt, limits: EngineLimits): Verdict {
  const { error, sent } = failure;
  const unknown = planned.effect === "write" && sent;
  const status = unknown ? "unknown" : "failed";
  if (unknown && planned.repeat === "ask") return { status, next: { do: "ask" } };
  const series = automaticSeries(earlier);
  if (error.kind === "rateLimited") {
    // Sent away before anything was sent: the error says what for. It is no sign of trouble, so it may last as long as a
    // backlog does.
    const ours = error.status === undefined;
    const refused = series.filter((step) => step.error?.kind === "rateLimited" && step.error.status);
    const asked = failure.retryAt ?? now.getTime() + backoff(refused.length + 1, seed, limits);
    const until = rateLimitEnd(ours ? asked : Math.max(asked, notBefore(refused, now)), now, seed, limits);
    const reason = ours ? error.message : `Waiting for ${systemOf(planned)}: its rate limit is used up.`;
    return { status, next: { do: "wait", until, reason } };
  }
  if (error.kind === "unauthorized") return { status, next: parked(error, now, limits) };
  if (error.kind !== "unavailable") return { status, next: { do: "fail" } };
  const failures = countFailures(series) + 1;
  // An unknown outcome is read back even when no further attempt is left: to know is worth more than to give up.
  const mustSettle = unknown && planned.repeat === "check";
  if (!mustSettle && failures > allowedRetries(planned, limits)) return { status, next: { do: "fail" } };
  const until = later(now, retryDelay(planned, failures, seed, limits));
  return {
    status,
    next: { do: "wait", until, reason: `Waiting to try "${planned.title}" again: ${error.message}` },
  };
}

/** The wait for a connection that is to be authorized again: a person's doing, so it has no number of tries. */
export function parked(error: StepError, now: Date, limits: EngineLimits) {
  const reason = `Waiting until the connection is authorized again: ${error.message}`;
  return { do: "wait", until: later(now, limits.parkMs), reason } as const;
}

/** Whether a card whose attempts all failed for want of an answer may be tried once more. */
export function mayTryAgain(planned: PlannedCard, attempts: readonly Step[], limits: EngineLimits): boolean {
  return countFailures(automaticSeries(attempts)) <= allowedRetries(planned, limits);
}

/**
 * The attempts since somebody last pressed "retry": each of them says when the executor goes on by itself. A person's
 * retry starts with a full budget.
 */
export function automaticSeries(attempts: readonly Step[]): Step[] {
  const start = attempts.findLastIndex((step) => step.error?.retryAt === undefined) + 1;
  return attempts.slice(start);
}

function countFailures(series: readonly Step[]): number {
  return series.filter(({ error }) => error?.kind === "unavailable" && error.code !== WORKER_LOST).length;
}

function allowedRetries({ node: { onError } }: PlannedCard, limits: EngineLimits): number {
  if (onError?.only === "rate-limit") return 0;
  return onError?.retry ?? limits.retries;
}

/** Milliseconds before retry number `failures`: what the card's author set, else the backoff. */
function retryDelay({ node }: PlannedCard, failures: number, seed: string, limits: EngineLimits): number {
  const seconds = node.onError?.delaySeconds;
  return seconds === undefined ? backoff(failures, seed, limits) : seconds * 1000;
}

/** Milliseconds before retry number `failures`: doubling from `backoffMs` to `maxBackoffMs`, the last half of it spread. */
export function backoff(failures: number, seed: string, limits: EngineLimits): number {
  const full = Math.min(limits.maxBackoffMs, limits.backoffMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (1 - limits.spread(seed) / 2));
}

/**
 * Whoever has been refused for long waits a twentieth of that time at least, by `now` in milliseconds since 1970: by Okta's
 * minute alone, 7 days of waiting would be 10,000 attempts.
 */
function notBefore([first]: readonly Step[], now: Date): number {
  return first ? now.getTime() + (now.getTime() - Date.parse(first.startedAt)) / 20 : 0;
}

/** When to call again after a 429. A reset in the past or hours away is a wrong clock or header and is not believed. */
function rateLimitEnd(asked: number, now: Date, seed: string, limits: EngineLimits): Date {
  const wait = Math.min(
    Math.max(asked - now.getTime(), 1000) + limits.spread(seed) * limits.rateLimitSpreadMs,
    limits.maxWaitMs,
  );
  return later(now, Math.round(wait));
}

/**
 * How long until reading an unknown outcome back is tried again: as long as it has been unknown, so that waits double;
 * undefined when it has been unknown for too long and a person is to be asked.
 */
export function settleWait(unknownSince: Date, now: Date, limits: EngineLimits): number | undefined {
  const elapsed = now.getTime() - unknownSince.getTime();
  if (elapsed >= limits.settleWithinMs) return undefined;
  return Math.min(Math.max(elapsed, limits.backoffMs), limits.maxBackoffMs);
}

export function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

function systemOf(planned: PlannedCard): string {
  return planned.card.connector?.title ?? planned.title;
}

/** What a person found out about a write of unknown outcome. */
export type PersonsFinding = { tookEffect: true; outputs: JsonObject } | { tookEffect: false };

/**
 * The step as a person settled it. Recorded by the server before it queues the execution again; the engine then goes
 * on behind the card, or sends it again.
 * @throws Error when the step's outcome is known: a finished attempt is history and is not rewritten.
 */
export function settleByPerson(step: Step, finding: PersonsFinding, exit: string): Step {
  if (step.status !== "unknown") {
    throw new Error(
      `Attempt ${step.attempt} at ${step.path} is ${step.status}; only an unknown outcome is settled.`,
    );
  }
  if (!finding.tookEffect)
    return { ...step, status: "failed", settled: "person", error: finalError(step.error) };
  const { error: _, ...rest } = step;
  return { ...rest, status: "succeeded", exit, outputs: finding.outputs, settled: "person" };
}

/** An error after which the executor does nothing by itself. */
export function finalError(error: StepError | undefined): StepError | undefined {
  if (!error) return undefined;
  const { retryAt: _, ...rest } = error;
  return rest;
}
