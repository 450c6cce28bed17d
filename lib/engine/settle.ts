import { NEXT } from "../cards/card.ts";
import type { JsonObject } from "../flow/json.ts";
import type { Concealed } from "./conceal.ts";
import { type Ending, FINDING_OUT, type Step, type StepError } from "./execution.ts";
import { type Failure, outcomeUnknown, workerLost } from "./failure.ts";
import type { Journal } from "./journal.ts";
import type { EngineLimits } from "./limits.ts";
import type { PlannedCard } from "./plan.ts";
import type { EnginePorts } from "./ports.ts";
import { automaticSeries, finalError, judge, later, mayTryAgain, parked, settleWait } from "./retry.ts";
import { readBackCard } from "./run-card.ts";

export interface Unsettled {
  planned: PlannedCard;
  /** Resolved again from the outputs of the cards before it, never from the masked record. */
  inputs: JsonObject;
  journal: Journal;
  ports: EnginePorts;
  limits: EngineLimits;
  /** Names the execution, see `EngineLimits.spread`. */
  seed: string;
  /** Masks what is stored of inputs. */
  concealed: (inputs: JsonObject) => Concealed;
}

/** What to do about a card after its last attempt was settled. */
export type Settled = { next: "attempt" } | { next: "proceed"; step: Step } | { next: "end"; ending: Ending };

/**
 * Finds out what became of a card's last attempt when that is not known: its worker died, or no answer came. Reads and
 * writes that may be repeated are attempted again; others are read back; where that can't be done a person is asked. What
 * is not found done is looked for again when the call can't be under way any more; before that nobody knows.
 */
export async function settle(unsettled: Unsettled): Promise<Settled> {
  const { planned, journal, ports } = unsettled;
  const latest = journal.latest(planned.id);
  if (latest?.status !== "running" && latest?.status !== "unknown") return { next: "attempt" };
  // A write that does not say what it may do is treated as the most dangerous kind.
  const rule = planned.effect === "write" ? (planned.repeat ?? "ask") : "safe";
  const lost = latest.status === "running" ? closeLost(latest, planned, ports.clock.now()) : latest;
  if (rule === "safe") {
    if (lost !== latest) journal.add(lost, ports.clock.now());
    return { next: "attempt" };
  }
  return rule === "check" ? readBack(lost, unsettled) : askPerson(lost, unsettled);
}

/** An attempt whose worker is gone, with what is known: nothing. */
export function closeLost(running: Step, planned: PlannedCard, now: Date): Step {
  // With `retryAt` it counts as part of the executor's own series of attempts, not as the start of a new one.
  const error: StepError = { ...workerLost(planned.title), retryAt: now.toISOString() };
  return { ...running, status: "unknown", finishedAt: now.toISOString(), error };
}

async function readBack(lost: Step, unsettled: Unsettled): Promise<Settled> {
  const { planned, journal, ports, limits, inputs } = unsettled;
  const asked = ports.clock.now().getTime();
  const agoMs = await journal.sinceIntent(lost);
  // Without knowing since when, nobody can tell this attempt's doing from somebody else's.
  if (agoMs === undefined) return askPerson(lost, unsettled);
  const began = new Date(asked - agoMs);
  const { result, exchanges } = await readBackCard({ planned, inputs, ports }, began);
  const shown = unsettled.concealed(inputs);
  const seen: Step = { ...lost, exchanges: [...(lost.exchanges ?? []), ...exchanges.map(shown.exchange)] };
  if (result.ok && result.outputs) return adopt(seen, result.outputs, unsettled);
  const now = ports.clock.now();
  const restMs = limits.underWayMs - agoMs;
  if (restMs > 0 && (result.ok || !passes(result.failure)))
    return lookAgain(seen, later(now, restMs), unsettled);
  if (!result.ok)
    return notReadBack(seen, { ...result.failure, error: shown.error(result.failure.error) }, unsettled);
  const error = notCarriedOut(lost.error ?? workerLost(planned.title));
  journal.add({ ...seen, status: "failed", settled: "readBack", error }, now);
  if (mayTryAgain(planned, journal.attempts(planned.id), limits)) return { next: "attempt" };
  const final = { ...error, retryAt: undefined };
  journal.add({ ...seen, status: "failed", settled: "readBack", error: final }, now);
  return { next: "end", ending: { status: "failed", error: final, path: planned.id } };
}

/** It took effect: the step as if its answer had come. */
function adopt(
  seen: Step,
  outputs: JsonObject,
  { journal, ports }: Pick<Unsettled, "journal" | "ports">,
): Extract<Settled, { next: "proceed" }> {
  const now = ports.clock.now();
  const { error: _, ...rest } = seen;
  const finishedAt = now.toISOString();
  const step: Step = {
    ...rest,
    status: "succeeded",
    exit: NEXT.id,
    outputs,
    settled: "readBack",
    finishedAt,
  };
  journal.add(step, now);
  return { next: "proceed", step };
}

/** An org may still be at a call whose caller is gone: "not done" means nothing yet, and would be a second call. */
function lookAgain(seen: Step, at: Date, { planned, journal, ports }: Unsettled): Settled {
  const until = at.toISOString();
  const reason = `${FINDING_OUT} "${planned.title}" took effect: it may still be under way.`;
  journal.add({ ...seen, error: { ...causeOf(seen, planned), retryAt: until } }, ports.clock.now());
  return { next: "end", ending: { status: "waiting", until, reason, path: planned.id } };
}

/**
 * Looks whether a refused attempt met the doing of an earlier one, which was read back, not found and so sent again: an
 * org that took its time created the user after all, and the login is taken.
 * @returns the step, adopted; undefined where the refusal stands
 */
export async function foundAfterAll(
  refused: Step,
  failure: Failure,
  unsettled: Omit<Unsettled, "limits" | "seed"> & { earlier: readonly Step[] },
): Promise<Step | undefined> {
  const { planned, journal, ports, inputs, concealed } = unsettled;
  // What is too large was refused here, after it took effect.
  if (planned.repeat !== "check" || failure.error.kind !== "refused" || failure.sent) return undefined;
  const first = automaticSeries(unsettled.earlier).find(({ settled }) => settled === "readBack");
  const asked = ports.clock.now().getTime();
  const agoMs = first && (await journal.sinceIntent(first));
  if (agoMs === undefined) return undefined;
  const { result, exchanges } = await readBackCard({ planned, inputs, ports }, new Date(asked - agoMs));
  if (!result.ok || !result.outputs) return undefined;
  const shown = exchanges.map(concealed(inputs).exchange);
  return adopt({ ...refused, exchanges: [...(refused.exchanges ?? []), ...shown] }, result.outputs, unsettled)
    .step;
}

/** Whether looking failed for a trouble that passes: it is waited for, and only then somebody is asked. */
function passes({ error: { kind } }: Failure): boolean {
  return kind === "unauthorized" || kind === "rateLimited" || kind === "unavailable";
}

function notCarriedOut(cause: StepError): StepError {
  return { ...cause, message: `${cause.message} Reading it back showed that it had not taken effect.` };
}

function notReadBack(lost: Step, failure: Failure, unsettled: Unsettled): Settled {
  const { planned, journal, ports, limits, seed } = unsettled;
  const now = ports.clock.now();
  const { kind } = failure.error;
  if (kind === "unauthorized") return park(lost, failure, unsettled);
  const wait = settleWait(new Date(lost.finishedAt ?? lost.startedAt), now, limits);
  if (!passes(failure) || wait === undefined) {
    return askPerson(lost, unsettled, failure.error);
  }
  const verdict =
    kind === "rateLimited" ? judge({ planned, failure, earlier: [], now, seed }, limits).next : undefined;
  const until = (verdict?.do === "wait" ? verdict.until : later(now, wait)).toISOString();
  const reason = `${FINDING_OUT} "${planned.title}" took effect: ${causeOfWaiting(failure.error)}`;
  journal.add({ ...lost, error: { ...causeOf(lost, planned), retryAt: until } }, now);
  return { next: "end", ending: { status: "waiting", until, reason, path: planned.id } };
}

/** Why looking has to wait, for a sentence that says already that it waits and when it looks again. */
function causeOfWaiting({ message }: StepError): string {
  return message.replace(/^Waiting for [^:]+: /, "").replace(/ It is tried again from time to time\.$/, "");
}

/** Why the outcome is unknown, without the connection an earlier look at it had to wait for (see `park`). */
function causeOf(lost: Step, planned: PlannedCard): StepError {
  const { data, ...cause } = lost.error ?? workerLost(planned.title);
  const { connection: _, ...facts } = data ?? {};
  return { ...cause, ...(Object.keys(facts).length > 0 ? { data: facts } : {}) };
}

/** The connection can't look now. The step keeps why its outcome is unknown, and says which connection it waits for. */
function park(
  lost: Step,
  { error: refusal }: Failure,
  { planned, journal, ports, limits }: Unsettled,
): Settled {
  const now = ports.clock.now();
  const wait = parked(refusal, now, limits);
  const until = wait.until.toISOString();
  const cause = causeOf(lost, planned);
  const error = { ...cause, retryAt: until, data: { ...cause.data, ...refusal.data } };
  journal.add({ ...lost, error }, now);
  return { next: "end", ending: { status: "waiting", until, reason: wait.reason, path: planned.id } };
}

function askPerson(lost: Step, { planned, journal, ports }: Unsettled, readBackError?: StepError): Settled {
  const cause = finalError(lost.error) ?? workerLost(planned.title);
  // Asked already, and it still can't be told: that person's word is the best there is, of this attempt.
  if (lost.settledBy !== undefined) {
    journal.add({ ...lost, status: "failed", settled: "person", error: cause }, ports.clock.now());
    return { next: "attempt" };
  }
  journal.add({ ...lost, error: cause }, ports.clock.now());
  const error = outcomeUnknown(planned.title, cause, readBackError);
  return { next: "end", ending: { status: "attention", error, path: planned.id } };
}
