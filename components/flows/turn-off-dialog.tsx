import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { callersWords } from "./flow-calls.ts";

/** Asks before a flow is turned off that others count on when a card of theirs fails. */
export function TurnOffDialog(props: {
  name: string;
  callers: readonly string[];
  onClose: () => void;
  onConfirm: () => void;
}) {
  return (
    <ConfirmDialog
      opened
      onClose={props.onClose}
      title={`Turn off “${props.name}”?`}
      confirm="Turn off"
      loading={false}
      onConfirm={() => {
        props.onClose();
        props.onConfirm();
      }}
    >
      {callersWords(props.callers)}
    </ConfirmDialog>
  );
}
