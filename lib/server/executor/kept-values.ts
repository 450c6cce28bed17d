import type { Ending, ExecutionStatus, Step, StepError } from "#lib/engine/execution.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";

/** Of which executions inputs, outputs and exchanges are kept after the end. */
export type Keep = NonNullable<FlowSettings["keep"]>;

/**
 * Whether an execution that is left in this state loses its values. Never one that goes on: whoever takes it over, or
 * settles a write in doubt, needs them. One that was cancelled did not fail.
 */
export function forgets(keep: Keep, status: ExecutionStatus): boolean {
  if (status === "succeeded" || status === "cancelled") return keep !== "always";
  return keep === "never" && status === "failed";
}

/** A step as it is recorded where values are not kept: what happened, when and why, but not with what. */
export function withoutValues({ inputs, outputs, exchanges, error, ...step }: Step): Step {
  return error ? { ...step, error: withoutData(error) } : step;
}

/** How an execution ended, without what the flow returned. */
export function endingWithoutValues(ending: Ending): Ending {
  if (ending.status === "succeeded") return { ...ending, result: undefined };
  return ending.status === "failed" ? { ...ending, error: withoutData(ending.error) } : ending;
}

function withoutData({ data, ...error }: StepError): StepError {
  return error;
}

/** The same in SQL, for rows that are there already: assignments to a step row `s`. */
export const VALUES_GONE = "inputs = null, outputs = null, exchanges = null, error = s.error - 'data'";
