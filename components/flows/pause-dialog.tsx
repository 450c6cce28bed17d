"use client";

import { Space, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { type FlowSummary, type FlowView, pauseFlow } from "#lib/api/flows.ts";

/** Longest reason the API takes. */
const MAX_REASON = 300;

/** Asks before a flow is paused, and why, for whoever finds it paused. */
export function PauseDialog(props: {
  flow: Pick<FlowSummary, "id" | "name">;
  onClose: () => void;
  onPaused?: (flow: FlowView) => void;
}) {
  const { flow, onClose, onPaused } = props;
  const [reason, setReason] = useState("");
  const pause = useAction({
    run: () => call(pauseFlow, { params: { id: flow.id }, body: reason.trim() ? { reason } : {} }),
    failed: `“${flow.name}” was not paused`,
    onDone: (view) => {
      onPaused?.(view);
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={`Pause “${flow.name}”?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          pause.mutate(undefined);
        }}
      >
        <Text size="sm">
          It stays on and its events are kept. They begin in their order when you resume the flow, on the
          version that is live then. Executions that have begun finish what they are at.
        </Text>
        <TextInput
          mt="md"
          label="Why"
          description={`Shown to whoever finds the flow paused. ${reason.length} of ${MAX_REASON} characters.`}
          maxLength={MAX_REASON}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <Space h="lg" />
        <DialogButtons cancel="Go back" onCancel={onClose} confirm="Pause the flow" busy={pause.isPending} />
      </form>
    </Dialog>
  );
}
