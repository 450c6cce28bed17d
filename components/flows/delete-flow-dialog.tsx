import { Alert, Text } from "@mantine/core";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { deleteFlow } from "#lib/api/flows.ts";
import { callersWords, useCallers } from "./flow-calls.ts";

/** Asks before a flow is deleted. */
export function DeleteFlowDialog(props: {
  flow: { id: string; name: string };
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { flow, onClose } = props;
  const callers = useCallers(flow.id);
  const remove = useAction({
    run: () => call(deleteFlow, { params: { id: flow.id } }),
    failed: "The flow was not deleted",
    done: `“${flow.name}” is deleted. Its past executions are kept.`,
    onDone: props.onDeleted,
  });
  return (
    <Dialog onClose={onClose} title={`Delete “${flow.name}”?`}>
      <Text size="sm" mb="md">
        The flow stops listening and can't be opened any more. Its past executions are kept.
      </Text>
      {callers.length > 0 ? (
        <Alert color="yellow" mb="md">
          {callersWords(callers)}
        </Alert>
      ) : null}
      <DialogButtons
        danger
        confirm="Delete flow"
        busy={remove.isPending}
        onCancel={onClose}
        onConfirm={() => remove.mutate(undefined)}
      />
    </Dialog>
  );
}
