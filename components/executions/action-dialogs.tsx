"use client";

import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { type ExecutionSummary, WRITE_LIMIT } from "#lib/api/executions.ts";
import { OutcomeDialog } from "./outcome-dialog.tsx";
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
      danger
      loading={cancel.isPending}
      onConfirm={() => cancel.mutate(undefined)}
    >
      “{execution.flow.name}” stops before its next card. What it has done so far stays done.
    </ConfirmDialog>
  );
}

/** Asks what only a person can tell: what became of a write, or whether more of them may be made. */
export function SettleDialog(props: DialogProps) {
  return props.execution.error?.code === WRITE_LIMIT ? <ApproveDialog {...props} /> : <Outcome {...props} />;
}

/** The other answer, to stop it, is the execution's "Cancel". */
function ApproveDialog({ execution, opened, onClose }: DialogProps) {
  const retry = useRetry(execution.id, onClose);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Let it go on?"
      confirm="Go on to its end"
      loading={retry.isPending}
      // Nothing was sent, so there is nothing that could have taken effect.
      onConfirm={() => retry.mutate({ from: "failed", tookEffect: false })}
    >
      {execution.error?.message} All further writes of this execution are then made without asking. To stop it
      instead, cancel it.
    </ConfirmDialog>
  );
}

function Outcome({ execution, opened, onClose }: DialogProps) {
  return opened ? <OutcomeDialog execution={execution} onClose={onClose} /> : null;
}
