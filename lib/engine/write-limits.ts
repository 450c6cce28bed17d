import { convertFields } from "../cards/convert.ts";
import { CardError } from "../cards/errors.ts";
import { isJsonObject, type JsonObject } from "../flow/json.ts";
import { type Ending, type Step, type StepError, WRITE_LIMIT } from "./execution.ts";
import type { Journal } from "./journal.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";
import type { EnginePorts } from "./ports.ts";

/**
 * Why a write is not sent yet: with it the execution would make more than its flow's settings let it make without a
 * person's approval, or all executions of the flow together more than they may within an hour. Costs nothing where neither
 * is set.
 *
 * Calls are counted, not cards: one that adds a user to five groups makes five. It is weighed before it runs, by its
 * inputs, for once it runs it must not be stopped half way.
 *
 * The approval is the retry itself: an execution that stopped here is taken up again by a person and nobody else, so one
 * that has such a step may go on to its end.
 *
 * @param inputs of the card, resolved, not yet converted
 */
export async function stopBeforeWrite(
  planned: PlannedCard,
  inputs: JsonObject,
  { plan, journal, ports }: { plan: FlowPlan; journal: Journal; ports: EnginePorts },
): Promise<Ending | undefined> {
  const most = plan.settings.writesPerExecution;
  if (most === undefined && !ports.writeTurn) return undefined;
  const writes = writesOf(planned, inputs);
  if (most !== undefined) {
    const before = writesBefore(planned, plan, journal);
    if (before + writes > most && !isApproved(plan, journal))
      return askApproval(planned, journal, ports, { most, before, writes });
  }
  const turn = await ports.writeTurn?.(planned.id, writes);
  if (turn === undefined || turn.may) return undefined;
  const { until, reason } = turn;
  return { status: "waiting", until: until.toISOString(), reason, path: planned.id };
}

/** Calls of a card that change something. Inputs it can't do anything with stop the card before its first one. */
function writesOf({ card, inputs: fields, options }: PlannedCard, inputs: JsonObject): number {
  if (!card.writes) return 1;
  const converted = convertFields(inputs, fields);
  if (!converted.ok || !isJsonObject(converted.value)) return 1;
  try {
    return Math.max(1, card.writes({ inputs: converted.value, options }));
  } catch (error) {
    if (error instanceof CardError) return 1;
    throw error;
  }
}

/** Writes of other cards that took effect or may have. */
function writesBefore(planned: PlannedCard, plan: FlowPlan, journal: Journal): number {
  const others = plan.order.filter(({ id, effect }) => effect === "write" && id !== planned.id);
  return others.reduce(
    (sum, other) => sum + Math.max(0, ...journal.attempts(other.id).map((step) => writesOfStep(other, step))),
    0,
  );
}

/** A write that was refused changed nothing; of several calls that failed in the end, those that were answered well did. */
function writesOfStep(planned: PlannedCard, { status, inputs, exchanges = [] }: Step): number {
  if (status === "succeeded" || status === "unknown" || status === "running")
    return inputs ? writesOf(planned, inputs) : 1;
  if (!planned.card.writes) return 0;
  return exchanges.filter(({ method, status: answer = 200 }) => method !== "GET" && answer < 300).length;
}

function isApproved(plan: FlowPlan, journal: Journal): boolean {
  return plan.order.some(({ id }) => journal.attempts(id).some(({ error }) => error?.code === WRITE_LIMIT));
}

interface Excess {
  most: number;
  before: number;
  /** Of the card that was stopped. */
  writes: number;
}

function askApproval(
  planned: PlannedCard,
  journal: Journal,
  ports: EnginePorts,
  { most, before, writes }: Excess,
): Ending {
  const done = `This execution made ${count(before)}`;
  const message =
    before >= most
      ? `${done}, as many as the flow's settings allow without approval; "${planned.title}" would be the next and was not sent.`
      : `${done}, and "${planned.title}" would make ${count(writes)} more; the flow's settings allow ${most} without approval, so it was not sent.`;
  const error: StepError = {
    kind: "refused",
    code: WRITE_LIMIT,
    message,
    hint: "Look at what it did so far. Then let it go on to its end, or cancel it.",
    data: { writes: before },
  };
  const now = ports.clock.now();
  const at = now.toISOString();
  const attempt = (journal.latest(planned.id)?.attempt ?? 0) + 1;
  journal.add({ path: planned.id, attempt, status: "failed", error, startedAt: at, finishedAt: at }, now);
  return { status: "attention", error, path: planned.id };
}

const count = (writes: number) => `${writes} ${writes === 1 ? "write" : "writes"}`;
