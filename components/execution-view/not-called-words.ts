import type { ExecutionView } from "#lib/api/executions.ts";

type NotCalled = NonNullable<ExecutionView["notCalled"]>;

const REASONS: Record<NotCalled["why"], string> = {
  deleted: "it is deleted",
  off: "it is off",
  start: "it does not start with “Card Failed”",
  circle: "the flows call each other in a circle, which ends after five calls",
  since: "it was off or started otherwise when the card failed",
};

/** That the flow a failed card was to call was not called, and the one reason why. */
export function notCalledWords({ flowName, why }: NotCalled): string {
  return `${flowName ? `“${flowName}”` : "The flow to call"} was not called: ${REASONS[why]}.`;
}
