import { Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { deleteFlow } from "#lib/api/flows.ts";
import { useBuilder } from "./builder-context.ts";

/** Asks before a flow is deleted. Saving stops with it: an edit saved later would meet a flow that is gone. */
export function DeleteFlowDialog({ onClose }: { onClose: () => void }) {
  const { editor, flow } = useBuilder();
  const router = useRouter();
  const remove = useAction({
    run: () => call(deleteFlow, { params: { id: flow.id } }),
    failed: "The flow was not deleted",
    done: `“${flow.name}” is deleted. Its past executions are kept.`,
    onDone: () => {
      const { document } = editor.store.getState();
      editor.autosave.adopt({ revision: editor.autosave.revision(), document });
      router.push("/flows");
    },
  });
  return (
    <Dialog onClose={onClose} title={`Delete “${flow.name}”?`}>
      <Text size="sm" mb="md">
        The flow stops listening and can't be opened any more. Its past executions are kept.
      </Text>
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
