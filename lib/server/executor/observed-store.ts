import type { Ending, ExecutionMode, Step } from "#lib/engine/execution.ts";
import type { FlowPlan, PlannedCard } from "#lib/engine/plan.ts";
import type { StepBatch, StepStore } from "#lib/engine/ports.ts";
import { wasSentAway } from "#lib/engine/sent-away.ts";
import { metrics } from "../metrics/metrics.ts";
import type { ExecutionTrace } from "../tracing/trace-execution.ts";

/**
 * A store that counts what it has recorded, and traces it where traces are sent. What was not made durable is not counted:
 * metrics, traces and history tell the same story.
 */
export function observed(
  store: StepStore,
  { plan, mode, trace }: { plan: FlowPlan; mode: ExecutionMode; trace: ExecutionTrace | undefined },
): StepStore {
  const cards = cardsOf(plan);
  return {
    steps: store.steps,
    sinceIntent: store.sinceIntent,
    record: async (executionId, fence, batch) => {
      await store.record(executionId, fence, batch);
      for (const step of batch.steps) {
        // A running row is an intent; a skipped one did nothing, and one that was sent away but wait.
        if (step.finishedAt === undefined || step.status === "skipped" || wasSentAway(step)) continue;
        const planned = cards.get(step.path);
        countStep(planned, step, step.finishedAt);
        trace?.step(planned, step);
      }
      if (batch.ending) countEnding(batch.ending, mode, batch);
    },
  };
}

/** Made once per plan: flows of hundreds of cards run many times a second. */
const byPlan = new WeakMap<FlowPlan, ReadonlyMap<string, PlannedCard>>();

function cardsOf(plan: FlowPlan): ReadonlyMap<string, PlannedCard> {
  const known = byPlan.get(plan);
  if (known) return known;
  const cards = new Map(plan.order.map((planned) => [planned.id, planned]));
  byPlan.set(plan, cards);
  return cards;
}

function countStep(planned: PlannedCard | undefined, step: Step, finishedAt: string): void {
  const { stepSeconds, stepRetries } = metrics();
  const seconds = (Date.parse(finishedAt) - Date.parse(step.startedAt)) / 1000;
  stepSeconds.observe({ kind: planned?.card.description.kind ?? "unknown", status: step.status }, seconds);
  if (step.attempt > 1) stepRetries.inc();
}

/** Counts how a run of an execution ended: for good, for a person, or to come back. */
export function countEnding(
  ending: Pick<Ending, "status">,
  mode: ExecutionMode,
  { steps }: Pick<StepBatch, "steps">,
): void {
  if (ending.status !== "waiting") {
    metrics().executionsEnded.inc({ status: ending.status, mode });
    return;
  }
  const failed = steps.findLast(({ error }) => error?.retryAt !== undefined)?.error;
  const why = failed === undefined ? "turn" : failed.kind === "rateLimited" ? "rate-limit" : "retry";
  metrics().executionWaits.inc({ why });
}
