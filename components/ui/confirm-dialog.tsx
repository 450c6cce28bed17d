"use client";

import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { DialogButtons } from "./dialog-buttons.tsx";

/** Asks before something that can't be undone. */
export function ConfirmDialog(props: {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  loading: boolean;
  onConfirm: () => void;
}) {
  if (!props.opened) return null;
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      <Stack>
        <Text size="sm">{props.children}</Text>
        <DialogButtons
          cancel="Go back"
          onCancel={props.onClose}
          danger={props.danger}
          confirm={props.confirm}
          busy={props.loading}
          onConfirm={props.onConfirm}
        />
      </Stack>
    </Dialog>
  );
}
