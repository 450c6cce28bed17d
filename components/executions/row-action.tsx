"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useMay } from "#components/accounts/may.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import { CancelDialog, SettleDialog } from "./action-dialogs.tsx";
import { canRetryFailed, goOnLabel, isUnfinished } from "./elapsed.ts";
import { RetryDialog } from "./retry-dialog.tsx";

/** The one thing to do about an execution from the list: retry one that stopped, cancel one that goes on. */
export function RowAction({ execution, tabIndex }: { execution: ExecutionSummary; tabIndex: number }) {
  const [asking, { open, close }] = useDisclosure(false);
  const mayRun = useMay("executions.run");
  const retryable = canRetryFailed(execution);
  if (!mayRun) return null;
  if (!retryable && !isUnfinished(execution)) return null;
  const label = retryable ? goOnLabel(execution) : "Cancel";
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${label}: ${execution.flow.name}, ${execution.subject}`}
          tabIndex={tabIndex}
          onClick={open}
        >
          {retryable ? <IconRefresh size={16} /> : <IconPlayerStop size={16} />}
        </ActionIcon>
      </Tooltip>
      {execution.status === "failed" ? (
        asking ? (
          <RetryDialog id={execution.id} how={{ from: "failed" }} onClose={close} />
        ) : null
      ) : retryable ? (
        <SettleDialog execution={execution} opened={asking} onClose={close} />
      ) : (
        <CancelDialog execution={execution} opened={asking} onClose={close} />
      )}
    </>
  );
}
