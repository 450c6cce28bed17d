import { ERROR_EXIT, ERROR_OUTPUT, hasErrorWay } from "../cards/exits.ts";
import { type Lookup, lookupIn } from "../cards/resolve-inputs.ts";
import type { JsonObject } from "../flow/json.ts";
import { type Concealing, concealedRun, concealing } from "./conceal.ts";
import type { Ending, ExecutionRun, Step } from "./execution.ts";
import { CANCELLED, type Failure, outcomeUnknown, storable, tooManySteps, waitedTooLong } from "./failure.ts";
import { type Given, give, givenBefore, givenFailure } from "./input-size.ts";
import { intentOf } from "./intent.ts";
import { Journal } from "./journal.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "./limits.ts";
import { mustFlush } from "./must-flush.ts";
import { roomFor, sizeFailure, sizeOf } from "./output-size.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";
import { asPlanned } from "./planned-run.ts";
import type { EnginePorts } from "./ports.ts";
import { judge } from "./retry.ts";
import { type CardEnd, type CardRun, runCard } from "./run-card.ts";
import { waitingOn, waitsOf } from "./sent-away.ts";
import { closeLost, foundAfterAll, settle } from "./settle.ts";
import { Ways } from "./ways.ts";
import { stopBeforeWrite } from "./write-limits.ts";

export interface FlowRequest {
  execution: ExecutionRun;
  plan: FlowPlan;
  ports: EnginePorts;
  limits?: EngineLimits;
}

interface Walk extends Required<FlowRequest> {
  journal: Journal;
  ways: Ways;
  outputs: Map<string, JsonObject>;
  lookup: Lookup;
  concealing: Concealing;
  startedAt: Date;
  /** Characters of JSON in `outputs`. */
  held: number;
  /** Characters of JSON in the inputs of all attempts, but for small ones. */
  given: number;
  /** `held` and `given` when the journal was last flushed for their size. */
  flushed: number;
  /** Whether this run has done something, so that it makes progress however small its slice is. */
  worked: boolean;
}

/**
 * Runs an execution from where it stands to its end, or to where it has to wait or needs a person. The same call
 * starts it, takes it over from a dead worker, and goes on after a wait or a person's retry: finished steps are
 * reused, never run again.
 *
 * Before a write card acts its running row is durable; everything else is recorded along with it. The ending is
 * recorded by the last statement, together with the last steps, and returned. An execution that succeeded must not be
 * run again: nothing would be repeated, but why it ended is not known any more.
 * @throws LostClaimError when another worker took the execution over, and whatever the store throws. What was not
 * recorded then is settled by the next run.
 */
export async function runFlow({
  execution,
  plan,
  ports,
  limits = DEFAULT_LIMITS,
}: FlowRequest): Promise<Ending> {
  if (execution.mode === "plan" && !ports.connections.holdsWrites)
    throw new Error("A plan was given connections that write; it was not run.");
  const startedAt = ports.clock.now();
  const journal = await Journal.open(ports.store, execution);
  const outputs = new Map<string, JsonObject>();
  const walk: Walk = {
    execution,
    plan,
    ports,
    limits,
    journal,
    ways: new Ways(plan),
    outputs,
    lookup: lookupIn(outputs),
    concealing: concealing(plan, { hidden: ports.hidden, lookup: lookupIn(outputs) }),
    startedAt,
    held: 0,
    given: 0,
    flushed: 0,
    worked: false,
  };
  for (const planned of plan.order) {
    const ending = await visit(walk, planned);
    if (ending) return journal.finish(ending);
  }
  return journal.finish({ status: "succeeded" });
}

async function visit(walk: Walk, planned: PlannedCard): Promise<Ending | undefined> {
  const { journal, ways, ports, limits } = walk;
  if (!ways.isLive(planned.id)) {
    recordSkipped(walk, planned, ways.decidedBy(planned.id));
    ways.skip(planned);
    return undefined;
  }
  const latest = journal.latest(planned.id);
  walk.given += givenBefore(planned, walk);
  if (latest?.status === "succeeded" || latest?.exit === ERROR_EXIT.id) return proceed(walk, planned, latest);
  if (ports.cancelRequested()) return skipFrom(walk, planned, { status: "cancelled" });
  if (journal.count >= limits.maxSteps) return stopAtLimit(walk, planned);
  const now = ports.clock.now();
  if (walk.worked && now.getTime() - walk.startedAt.getTime() >= limits.sliceMs) {
    return { status: "waiting", until: now.toISOString(), reason: "Letting other executions run." };
  }
  walk.worked = true;
  const given = give(planned, walk);
  const seed = seedOf(walk, planned);
  const concealed = walk.concealing(planned);
  const settled = await settle({ planned, inputs: given.inputs, journal, ports, limits, seed, concealed });
  if (settled.next === "end") return notSettled(walk, planned, settled.ending);
  if (settled.next === "proceed") return proceed(walk, planned, settled.step);
  return attempt(walk, planned, given);
}

async function attempt(walk: Walk, planned: PlannedCard, given: Given): Promise<Ending | undefined> {
  const { execution, journal, ports } = walk;
  const { inputs } = given;
  const tooLarge = givenFailure(planned, given, walk);
  const concealed = walk.concealing(planned);
  // What a plan does not send has no outcome to settle, so it needs no row before the call.
  const writes = planned.effect === "write" && execution.mode !== "plan";
  const stop = writes && !tooLarge ? await stopBeforeWrite(planned, inputs, walk) : undefined;
  if (stop) return stop;
  const earlier = [...journal.attempts(planned.id)];
  const began = journal.nextAttempt(planned.id, ports.clock.now());
  if (tooLarge) return fail(walk, planned, { ...began, finishedAt: began.startedAt }, tooLarge, earlier);
  walk.given += given.size;
  if (!writes && mustFlush(walk, planned)) await journal.flush();
  const intent = writes ? intentOf(began, { planned, journal, ports, concealed }) : undefined;
  const ran = await runCard({
    planned,
    inputs,
    event: execution.trigger,
    ports,
    beforeRun: intent?.beforeRun,
    sending: intent?.sending,
    maxMs: walk.limits.maxCardMs,
    cancelRequested: ports.cancelRequested,
    mustLeave: () => walk.limits.sliceMs === 0,
    room: roomFor(walk),
  });
  intent?.check();
  const known = concealed(ran.inputs);
  const run = concealedRun(execution.mode === "plan" ? asPlanned(planned, ran) : ran, known);
  const step: Step = {
    ...began,
    inputs: known.inputs,
    exchanges: run.exchanges.length > 0 ? run.exchanges : undefined,
    finishedAt: run.finishedAt.toISOString(),
  };
  if (!run.result.ok && run.result.failure.error.code === CANCELLED && ports.cancelRequested()) {
    journal.add({ ...step, status: "failed", error: run.result.failure.error }, run.finishedAt);
    return skipFrom(walk, planned, { status: "cancelled" });
  }
  const failure = run.result.ok ? sizeFailure(planned, run.result, walk) : run.result.failure;
  if (!failure) return succeed(walk, planned, step, run);
  const found = await foundAfterAll(step, failure, { planned, inputs, journal, ports, concealed, earlier });
  return found ? proceed(walk, planned, found) : fail(walk, planned, step, failure, earlier);
}

function succeed(walk: Walk, planned: PlannedCard, step: Step, run: CardRun): Ending | undefined {
  if (!run.result.ok) return undefined;
  const { outputs, exit, end } = run.result;
  const done: Step = { ...step, status: "succeeded", exit, outputs };
  const unrepeatable = planned.effect === "write" && planned.repeat !== "safe";
  walk.journal.add(done, run.finishedAt, unrepeatable);
  proceed(walk, planned, done);
  return end ? endFlow(walk, planned, end) : undefined;
}

function fail(
  walk: Walk,
  planned: PlannedCard,
  step: Step,
  failure: Failure,
  earlier: readonly Step[],
): Ending | undefined {
  const { journal, ports, limits } = walk;
  const now = ports.clock.now();
  const path = planned.id;
  // An attempt that is sent away keeps its number; whoever came back last must not do so each time.
  const times = step.attempt + waitsOf(earlier.at(-1));
  const verdict = judge(
    { planned, failure, earlier, now, seed: `${seedOf(walk, planned)}#${times}` },
    limits,
  );
  const { status, next } = verdict;
  const { error } = failure;
  if (next.do === "wait") {
    const until = next.until.toISOString();
    const waiting: Step = { ...step, status, error: { ...error, retryAt: until } };
    journal.add(waitingOn(waiting, journal.latest(path)), now);
    return { status: "waiting", until, reason: storable(next.reason), path };
  }
  const done: Step = { ...step, status, error };
  if (next.do === "fail") {
    const last = next.waited ? waitedTooLong(error, limits.maxTotalWaitMs) : error;
    return giveUp(walk, planned, { ...done, error: last }, { status: "failed", error: last, path });
  }
  journal.add(done, now);
  return { status: "attention", error: outcomeUnknown(planned.title, error), path };
}

/** A lost attempt that was looked for and is not to be sent again has failed like any other. */
function notSettled(walk: Walk, planned: PlannedCard, ending: Ending): Ending | undefined {
  const latest = walk.journal.latest(planned.id);
  if (ending.status !== "failed" || !latest) return ending;
  return giveUp(walk, planned, latest, ending);
}

/**
 * No try is left: the execution fails there, or goes on at the card's error way. The step stays what it is, failed or
 * of unknown outcome, and its exit is the checkpoint.
 */
function giveUp(
  walk: Walk,
  planned: PlannedCard,
  step: Step,
  ending: Extract<Ending, { status: "failed" }>,
): Ending | undefined {
  const { journal, ports } = walk;
  const goesOn = hasErrorWay(planned.card.description, planned.node);
  if (!goesOn) {
    journal.add(step, ports.clock.now());
    const { after, flow } = planned.node.onError ?? {};
    return after === "call" && flow !== undefined
      ? { ...ending, call: { flow, card: planned.title } }
      : ending;
  }
  const { message, code, status = null } = ending.error;
  const outputs = { [ERROR_OUTPUT]: { message, code, status, card: planned.title } };
  const done: Step = { ...step, exit: ERROR_EXIT.id, outputs };
  journal.add(done, ports.clock.now());
  return proceed(walk, planned, done);
}

/** Goes on behind a finished step. */
function proceed(walk: Walk, planned: PlannedCard, step: Step): undefined {
  const { outputs, ways } = walk;
  outputs.set(planned.id, step.outputs ?? {});
  walk.held += step.outputs ? sizeOf(step.outputs) : 0;
  ways.pass(planned, step.exit);
}

function endFlow(walk: Walk, planned: PlannedCard, { reason, result, ran }: CardEnd): Ending {
  const ending: Ending = {
    status: "succeeded",
    reason: storable(reason),
    result,
    ...(ran === false ? { ran } : {}),
  };
  return skipFrom(walk, planned, ending, planned.id);
}

/** Records that a card and those after it do not run any more. Attempts they have had stay as they are. */
function skipFrom(walk: Walk, planned: PlannedCard, ending: Ending, because?: string): Ending {
  const { plan, journal, ports } = walk;
  for (const card of plan.order.slice(plan.order.indexOf(planned))) {
    const latest = journal.latest(card.id);
    if (!latest) recordSkipped(walk, card, because);
    else if (latest.status === "running") {
      const now = ports.clock.now();
      journal.add(closeLost(latest, card, now), now);
    }
  }
  return ending;
}

function recordSkipped({ journal, ports }: Walk, planned: PlannedCard, because: string | undefined): void {
  const latest = journal.latest(planned.id);
  if (latest?.status === "skipped" && latest.because === because) return;
  const now = ports.clock.now();
  if (latest?.status === "running") journal.add(closeLost(latest, planned, now), now);
  const at = now.toISOString();
  const attempt = (latest?.attempt ?? 0) + 1;
  journal.add({ path: planned.id, attempt, status: "skipped", because, startedAt: at, finishedAt: at }, now);
}

function stopAtLimit({ journal, limits, ports }: Walk, planned: PlannedCard): Ending {
  const error = tooManySteps(journal.count, limits.maxSteps);
  const now = ports.clock.now();
  const at = now.toISOString();
  const latest = journal.latest(planned.id);
  if (latest?.status === "running") journal.add(closeLost(latest, planned, now), now);
  else if (!latest)
    journal.add(
      { path: planned.id, attempt: 1, status: "failed", error, startedAt: at, finishedAt: at },
      now,
    );
  return { status: "failed", error, path: planned.id };
}

function seedOf({ execution }: Walk, planned: PlannedCard): string {
  return `${execution.id}/${planned.id}`;
}
