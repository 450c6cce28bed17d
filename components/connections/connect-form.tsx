import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { ConnectProblem } from "./org-fields.tsx";

/** The frame of every form that connects an org: its fields, why it was not connected, and the foot. */
export function ConnectForm(props: {
  children: ReactNode;
  error: unknown;
  confirm: string;
  busy: boolean;
  /** False while something it needs is not filled in. */
  ready: boolean;
  onSubmit: () => void;
  onClose: () => void;
}) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (props.ready) props.onSubmit();
      }}
    >
      <Stack>
        {props.children}
        <ConnectProblem error={props.error} />
        <DialogButtons
          onCancel={props.onClose}
          confirm={props.confirm}
          busy={props.busy}
          disabled={!props.ready}
        />
      </Stack>
    </form>
  );
}
