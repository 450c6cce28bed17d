import type { ExecutionSummary } from "#lib/api/executions.ts";
import { WaitingText } from "./waiting-text.tsx";

/** How an execution ended or why it does not go on, in one line; nothing where there is nothing to tell. */
export function ExecutionOutcome({ execution }: { execution: ExecutionSummary }) {
  const { status, error, reason, waitingUntil } = execution;
  if ((status === "waiting" || status === "running") && waitingUntil)
    return <WaitingText reason={reason} until={waitingUntil} />;
  return <>{outcomeText({ error, reason })}</>;
}

/** The same as plain text, for a tooltip. */
export function outcomeText({ error, reason }: Pick<ExecutionSummary, "error" | "reason">): string {
  if (!error) return reason ?? "";
  return `${error.message} (${error.code})`;
}
