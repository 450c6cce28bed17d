"use client";

import { Button, Group, Modal, Text } from "@mantine/core";
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

/** Asks what became of a write whose outcome nobody knows: only a person who looks can tell. */
export function SettleDialog({ execution, opened, onClose }: DialogProps) {
  const retry = useRetry(execution.id, onClose);
  const settle = (tookEffect: boolean) => retry.mutate({ from: "failed", tookEffect });
  return (
    <Modal opened={opened} onClose={onClose} title="Did it happen?">
      <Text size="sm">
        {execution.error?.message} Look in the connected system, then say what you found: the flow goes on
        from there.
      </Text>
      <Group mt="lg" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Decide later
        </Button>
        <Button variant="default" loading={retry.isPending} onClick={() => settle(false)}>
          It did not: send it again
        </Button>
        <Button loading={retry.isPending} onClick={() => settle(true)}>
          It happened: go on
        </Button>
      </Group>
    </Modal>
  );
}
