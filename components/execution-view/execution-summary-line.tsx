import { Text } from "@mantine/core";
import { WaitingText } from "#components/executions/waiting-text.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";
import classes from "./execution-header.module.css";

/** Why it stopped, waits or ended, in a sentence or two. */
export function ExecutionSummaryLine(props: { execution: ExecutionView; stoppedAt?: string }) {
  const { execution, stoppedAt } = props;
  const { status, error, reason, waitingUntil } = execution;
  if (error) {
    return (
      <div className={classes.summary} data-status={status}>
        <Text size="sm">
          {stoppedAt ? <strong>{stoppedAt}: </strong> : null}
          {error.message}
        </Text>
        {error.hint ? (
          <Text size="sm" c="dimmed">
            {error.hint}
          </Text>
        ) : null}
      </div>
    );
  }
  if ((status === "waiting" || status === "running") && waitingUntil) {
    return (
      <Text size="sm" className={classes.summary} data-status={status}>
        <WaitingText reason={reason} until={waitingUntil} />
      </Text>
    );
  }
  if (!reason) return null;
  if (!execution.ran) {
    return (
      <div className={classes.summary} data-status="did-not-run">
        <Text fw={600}>{reason}</Text>
        <Text size="sm" c="dimmed">
          The event arrived and was checked; no card after the event card ran. The conditions stand on the
          event card.
        </Text>
      </div>
    );
  }
  return (
    <Text size="sm" className={classes.summary} data-status={status}>
      {reason}
    </Text>
  );
}
