import { Button, Group } from "@mantine/core";

/** The foot of a dialog: cancel, and the one thing it is for. Without `onConfirm` it submits the form around it. */
export function DialogButtons(props: {
  onCancel: () => void;
  onConfirm?: () => void;
  confirm: string;
  busy: boolean;
  danger?: boolean;
  disabled?: boolean;
}) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={props.onCancel}>
        Cancel
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
