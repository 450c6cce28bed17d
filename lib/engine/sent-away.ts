import type { Step } from "./execution.ts";

/**
 * Whether an attempt was sent away before anything of it left: it waits for what flows share (a rate limit, a number of
 * calls at once, an org that is down), and nobody it called said so.
 */
export function wasSentAway({ status, error, exchanges = [] }: Step): boolean {
  if (status !== "failed" || error?.retryAt === undefined || exchanges.length > 0) return false;
  return error.kind === "rateLimited" && error.status === undefined;
}

/**
 * The row of an attempt that failed. One that was sent away as the one before it goes on in that one's row, with when it
 * began to wait and how often it was sent away: a backlog that waits for a limit would cost a row per execution and window,
 * millions for 50,000 events. Everything else is a row of its own.
 *
 * @param latest the newest row of the same card; that of this attempt itself where its intent was recorded
 */
export function waitingOn(step: Step, latest: Step | undefined): Step {
  if (!step.error || !wasSentAway(step)) return step;
  if (!latest || !wasSentAway(latest)) return { ...step, error: { ...step.error, waits: 1 } };
  const { attempt, startedAt } = latest;
  return { ...step, attempt, startedAt, error: { ...step.error, waits: waitsOf(latest) + 1 } };
}

/** How often an attempt was sent away; 0 for one that was not. Rows from before they were counted stand for one each. */
export function waitsOf(step: Step | undefined): number {
  return step && wasSentAway(step) ? (step.error?.waits ?? 1) : 0;
}
