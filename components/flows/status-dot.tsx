import { Tooltip } from "@mantine/core";
import classes from "./status-dot.module.css";

/** What each state of an execution or step is called on screen. */
export const STATUS_LABELS: Record<string, string> = {
  queued: "Queued",
  running: "Running",
  waiting: "Waiting",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  attention: "Needs attention",
  skipped: "Skipped",
  unknown: "Outcome unknown",
};

/** A state as a small mark. Shape and colour both tell it, and its name is there for screen readers. */
export function StatusDot({ status }: { status: string }) {
  const label = STATUS_LABELS[status] ?? status;
  return (
    <Tooltip label={label}>
      <span className={classes.dot} data-status={status} role="img" aria-label={label} />
    </Tooltip>
  );
}
