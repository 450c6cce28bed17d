"use client";

import { Radio, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { newRunId } from "#components/run-by-hand/new-run-id.ts";
import { call } from "#lib/api/client.ts";
import { MAX_TOGETHER, retryExecutions } from "#lib/api/executions.ts";
import type { ExecutionFilters } from "./execution-filters.ts";
import { ManyDialog } from "./many-dialog.tsx";
import { useMatching } from "./use-matching.ts";

type From = "failed" | "start";

/** Asks how all failed executions that match are tried again, then leads to their progress. */
export function RetryManyDialog({ filters, onClose }: { filters: ExecutionFilters; onClose: () => void }) {
  const router = useRouter();
  const { filter, matching } = useMatching(filters);
  const [id] = useState(newRunId);
  const [from, setFrom] = useState<From>("failed");
  const [version, setVersion] = useState<"same" | "latest">("same");
  const retry = useAction({
    run: (confirm: number) => call(retryExecutions, { body: { id, filter, from, version, confirm } }),
    failed: "Nothing was tried again",
    onDone: () => router.push(`/run/${id}`),
  });
  return (
    <ManyDialog
      title="Retry all that failed?"
      matching={matching}
      count={(counts) => (from === "failed" ? counts.fromFailed : counts.retriable)}
      none="No execution that matches can be retried this way. Those that were retried already are left out."
      confirm={(count) => (count === 1 ? "Retry 1 execution" : `Retry all ${count.toLocaleString("en")}`)}
      loading={retry.isPending}
      onConfirm={(count) => retry.mutate(count)}
      onClose={onClose}
    >
      {({ retriable, fromFailed }) => (
        <Stack gap="md">
          <Radio.Group
            label="From"
            value={from}
            onChange={(value) => setFrom(value === "start" ? "start" : "failed")}
          >
            <Stack gap={6} mt={6}>
              <Radio
                value="failed"
                label={`The failed card (${fromFailed.toLocaleString("en")})`}
                description="Finished cards are kept and not run again."
              />
              <Radio
                value="start"
                label={`The start (${retriable.toLocaleString("en")})`}
                description="A new execution for the same event. What the first one changed is changed again."
              />
            </Stack>
          </Radio.Group>
          <Radio.Group
            label="On"
            value={version}
            onChange={(value) => setVersion(value === "latest" ? "latest" : "same")}
          >
            <Stack gap={6} mt={6}>
              <Radio value="same" label="The version each of them ran" />
              <Radio
                value="latest"
                label="The newest version"
                description={
                  from === "failed"
                    ? "Those whose finished cards are not the same there are left out and named."
                    : undefined
                }
              />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            {Math.max(retriable, fromFailed) === MAX_TOGETHER
              ? `The oldest ${MAX_TOGETHER.toLocaleString("en")} at once. `
              : ""}
            They run a few at a time, behind new events; you can watch and stop them.
          </Text>
        </Stack>
      )}
    </ManyDialog>
  );
}
