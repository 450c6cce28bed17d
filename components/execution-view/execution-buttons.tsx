"use client";

import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconPlayerStop, IconRefresh, IconRepeat } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CancelDialog, SettleDialog } from "#components/executions/action-dialogs.tsx";
import { goOnLabel, isUnfinished } from "#components/executions/elapsed.ts";
import { RetryDialog } from "#components/executions/retry-dialog.tsx";
import type { Retry } from "#components/executions/use-execution-actions.ts";
import { ReplayDialog } from "#components/replay/replay-dialog.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";

/** What can be done about an execution: go on from where it stopped, run it again, or stop it. */
export function ExecutionButtons({ execution }: { execution: ExecutionView }) {
  const { status, cancelRequested } = execution;
  return (
    <>
      {["failed", "attention", "cancelled"].includes(status) ? <GoOn execution={execution} /> : null}
      {isUnfinished(execution) || status === "attention" ? (
        <Stop execution={execution} requested={cancelRequested && status === "running"} />
      ) : null}
      {isUnfinished(execution) ? null : <RunAgain execution={execution} />}
    </>
  );
}

function GoOn({ execution }: { execution: ExecutionView }) {
  const [settling, { open, close }] = useDisclosure(false);
  const [how, setHow] = useState<Retry>();
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconRefresh size={16} aria-hidden="true" />}
        onClick={() => (execution.status === "attention" ? open() : setHow({ from: "failed" }))}
      >
        {goOnLabel(execution)}
      </Button>
      {execution.newerVersion !== null && execution.status !== "attention" ? (
        <Button
          size="xs"
          variant="default"
          title="Finished cards are kept. They must be the same in the newest version."
          onClick={() => setHow({ from: "failed", version: "latest" })}
        >
          On the newest version (v{execution.newerVersion})
        </Button>
      ) : null}
      <SettleDialog execution={execution} opened={settling} onClose={close} />
      {how ? <RetryDialog id={execution.id} how={how} onClose={() => setHow(undefined)} /> : null}
    </>
  );
}

function Stop({ execution, requested }: { execution: ExecutionView; requested: boolean }) {
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden="true" />}
        disabled={requested}
        onClick={open}
      >
        Cancel
      </Button>
      <CancelDialog execution={execution} opened={asking} onClose={close} />
    </>
  );
}

/** What runs again where no published version ran. */
function withoutVersion(mode: ExecutionView["mode"]): string {
  return mode === "manual" ? "The same card and inputs" : "The draft as it was";
}

/** Runs the whole flow again for the same event, as a new execution. */
function RunAgain({ execution }: { execution: ExecutionView }) {
  const router = useRouter();
  const [replaying, { open, close }] = useDisclosure(false);
  const [how, setHow] = useState<Retry>();
  const { version, newerVersion, mode } = execution;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRepeat size={16} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          Retry from the start
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>A new execution for the same event</Menu.Label>
        <Menu.Item onClick={() => setHow({ from: "start", version: "same" })}>
          {version === null ? withoutVersion(mode) : `Same version (v${version})`}
        </Menu.Item>
        {newerVersion === null ? null : (
          <Menu.Item onClick={() => setHow({ from: "start", version: "latest" })}>
            Newest version (v{newerVersion})
          </Menu.Item>
        )}
        {execution.arrival === null || execution.blanked === "erased" ? null : (
          <Menu.Item onClick={open}>Another version, the draft, or a plan …</Menu.Item>
        )}
      </Menu.Dropdown>
      {how ? (
        <RetryDialog
          id={execution.id}
          how={how}
          onClose={() => setHow(undefined)}
          onDone={(id) => router.push(`/executions/${id}`)}
        />
      ) : null}
      {replaying ? (
        <ReplayDialog
          flow={execution.flow}
          executions={{ text: execution.id }}
          about="The event of this execution."
          onClose={close}
        />
      ) : null}
    </Menu>
  );
}
