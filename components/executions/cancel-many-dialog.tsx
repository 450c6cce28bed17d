"use client";

import { Text } from "@mantine/core";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { cancelExecutions, MAX_TOGETHER } from "#lib/api/executions.ts";
import type { ExecutionFilters } from "./execution-filters.ts";
import { ManyDialog } from "./many-dialog.tsx";
import { useMatching } from "./use-matching.ts";

/** Asks before all executions that match and have not ended are cancelled. */
export function CancelManyDialog({ filters, onClose }: { filters: ExecutionFilters; onClose: () => void }) {
  const { filter, matching } = useMatching(filters);
  const cancel = useAction({
    run: (confirm: number) => call(cancelExecutions, { body: { filter, confirm } }),
    failed: "No execution was cancelled",
    done: ({ cancelled, stopping }) =>
      `${cancelled.toLocaleString("en")} cancelled${stopping > 0 ? `; ${stopping.toLocaleString("en")} of them stop before their next card` : ""}.`,
    onDone: onClose,
  });
  return (
    <ManyDialog
      title="Cancel all that match?"
      matching={matching}
      count={({ cancellable }) => cancellable}
      none="All executions that match have ended."
      confirm={(count) => (count === 1 ? "Cancel 1 execution" : `Cancel all ${count.toLocaleString("en")}`)}
      color="red"
      loading={cancel.isPending}
      onConfirm={(count) => cancel.mutate(count)}
      onClose={onClose}
    >
      {({ cancellable }) =>
        cancellable === 0 ? null : (
          <Text size="sm">
            {cancellable === MAX_TOGETHER
              ? `The oldest ${MAX_TOGETHER.toLocaleString("en")}, for more than that are not cancelled at once. `
              : ""}
            Those at a card stop before the next one, those that wait at once. What they have done stays done.
          </Text>
        )
      }
    </ManyDialog>
  );
}
