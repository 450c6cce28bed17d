import { type Ending, type Step, type StepError, WRITE_LIMIT } from "./execution.ts";
import type { Journal } from "./journal.ts";
import type { FlowPlan, PlannedCard } from "./plan.ts";
import type { EnginePorts } from "./ports.ts";

/**
 * Why a write is not sent yet: the execution made as many as its flow's settings let it make without a person's
 * approval, or all executions of the flow together made as many as they may within an hour. Costs nothing where neither
 * is set.
 *
 * The approval is the retry itself: an execution that stopped here is taken up again by a person and nobody else, so one
 * that has such a step may go on to its end.
 */
export async function stopBeforeWrite(
  planned: PlannedCard,
  { plan, journal, ports }: { plan: FlowPlan; journal: Journal; ports: EnginePorts },
): Promise<Ending | undefined> {
  const most = plan.settings.writesPerExecution;
  if (most !== undefined) {
    const writes = writesBefore(planned, plan, journal);
    if (writes >= most && !isApproved(plan, journal)) return askApproval(planned, journal, ports, writes);
  }
  const turn = await ports.writeTurn?.(planned.id);
  if (turn === undefined || turn.may) return undefined;
  const { until, reason } = turn;
  return { status: "waiting", until: until.toISOString(), reason, path: planned.id };
}

/** Other cards whose write took effect or may have; one that was refused changed nothing. */
function writesBefore(planned: PlannedCard, plan: FlowPlan, journal: Journal): number {
  const did = ({ status }: Step) => status === "succeeded" || status === "unknown" || status === "running";
  const others = plan.order.filter(({ id, effect }) => effect === "write" && id !== planned.id);
  return others.filter(({ id }) => journal.attempts(id).some(did)).length;
}

function isApproved(plan: FlowPlan, journal: Journal): boolean {
  return plan.order.some(({ id }) => journal.attempts(id).some(({ error }) => error?.code === WRITE_LIMIT));
}

function askApproval(planned: PlannedCard, journal: Journal, ports: EnginePorts, writes: number): Ending {
  const error: StepError = {
    kind: "refused",
    code: WRITE_LIMIT,
    message: `This execution made ${writes} ${writes === 1 ? "write" : "writes"}, as many as the flow's settings allow without approval; "${planned.title}" would be the next and was not sent.`,
    hint: "Look at what it did so far. Then let it go on to its end, or cancel it.",
    data: { writes },
  };
  const now = ports.clock.now();
  const at = now.toISOString();
  const attempt = (journal.latest(planned.id)?.attempt ?? 0) + 1;
  journal.add({ path: planned.id, attempt, status: "failed", error, startedAt: at, finishedAt: at }, now);
  return { status: "attention", error, path: planned.id };
}
