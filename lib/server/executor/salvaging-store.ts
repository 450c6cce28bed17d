import type { Step } from "#lib/engine/execution.ts";
import type { StepStore } from "#lib/engine/ports.ts";
import { isDeterministic } from "./is-deterministic.ts";

/**
 * A store that, where steps can't be recorded together however often that is tried, records those that can before it says so.
 * Among them may be the outcome of a write: with one card behind it whose inputs could not be stored, a call that was made
 * and answered was shown as still running.
 */
export function salvaging(store: StepStore): StepStore {
  return {
    ...store,
    record: async (executionId, fence, batch) => {
      try {
        await store.record(executionId, fence, batch);
      } catch (error) {
        if (!isDeterministic(error)) throw error;
        for (const step of batch.steps)
          await recordWhatFits(step, (steps) => store.record(executionId, fence, { steps }));
        throw error;
      }
    },
  };
}

/** Outputs stay in any case: a retry that goes on from a finished step without them would work with nothing. */
async function recordWhatFits(step: Step, record: (steps: Step[]) => Promise<void>): Promise<void> {
  // An intent; what it was recorded for did not happen.
  if (step.status === "running") return;
  const { inputs, exchanges, ...least } = step;
  for (const kept of [step, least]) {
    try {
      return await record([kept]);
    } catch (error) {
      if (!isDeterministic(error)) throw error;
    }
  }
}
