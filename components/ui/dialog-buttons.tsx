import { Button, Group } from "@mantine/core";

/** The foot of a dialog: cancel, and the one thing it is for. Without `onConfirm` it submits the form around it. */
export function DialogButtons(props: {
  onCancel: () => void;
  onConfirm?: () => void;
  confirm: string;
  /** Where "Cancel" could be taken for the thing itself: "Go back". */
  cancel?: string;
  busy: boolean;
  danger?: boolean;
  disabled?: boolean;
}) {
  return (
    <Group justify="flex-end">
      {/* What changes something must not be what Enter presses at once. A form begins with its first field instead. */}
      <Button variant="default" onClick={props.onCancel} data-autofocus={props.onConfirm ? true : undefined}>
        {props.cancel ?? "Cancel"}
      </Button>
      <Button
        type={props.onConfirm ? "button" : "submit"}
        color={props.danger ? "red" : undefined}
        loading={props.busy}
        disabled={props.disabled}
        onClick={props.onConfirm}
      >
        {props.confirm}
      </Button>
    </Group>
  );
}
