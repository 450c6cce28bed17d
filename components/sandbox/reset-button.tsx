"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { useSandboxAction } from "./use-sandbox-action.ts";

/** Takes the sandbox org back to how it began. */
export function ResetButton() {
  const [opened, { open, close }] = useDisclosure();
  const reset = useSandboxAction("The sandbox org is as it was at the beginning.", close);
  return (
    <>
      <Button variant="default" onClick={open}>
        Reset
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title="Reset the sandbox org?"
        confirm="Reset"
        danger
        loading={reset.isPending}
        onConfirm={() => reset.mutate({ action: "reset" })}
      >
        Everybody and every group goes back to how it began, and what apps and hooks were registered since is
        gone: connections that were made to it by OAuth or as a service app have to be authorized again.
        Flows, versions and executions stay.
      </ConfirmDialog>
    </>
  );
}
