"use client";

import type { ExecutionSummary } from "#lib/api/executions.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useCancel, useRetry } from "./use-execution-actions.ts";

interface DialogProps {
  execution: Pick<ExecutionSummary, "id" | "flow" | "error">;
  opened: boolean;
  onClose: () => void;
}

/** Asks before an execution is stopped. */
export function CancelDialog({ execution, opened, onClose }: DialogProps) {
  const cancel = useCancel(execution.id, onClose);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Cancel this execution?"
      confirm="Cancel the execution"
      color="red"
      loading={cancel.isPending}
      onConfirm={() => cancel.mutate(undefined)}
    >
      “{execution.flow.name}” stops before its next card. What it has done so far stays done.
    </ConfirmDialog>
  );
}

/** Asks before a write whose outcome nobody knows may be sent again. */
export function RetryDialog({ execution, opened, onClose }: DialogProps) {
  const retry = useRetry(execution.id, onClose);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Try it again although its outcome is not known?"
      confirm="Retry from this card"
      loading={retry.isPending}
      onConfirm={() => retry.mutate({ from: "failed" })}
    >
      {execution.error?.message} Look in the connected system first: by retrying you say that it did not
      happen, and the card is sent again.
    </ConfirmDialog>
  );
}
