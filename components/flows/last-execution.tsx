import { Anchor, Group, Text } from "@mantine/core";
import Link from "next/link";
import { Instant } from "#components/ui/instant.tsx";
import type { FlowSummary } from "#lib/api/flows.ts";
import { StatusDot } from "./status-dot.tsx";

/** How a flow's last execution went, and when. */
export function LastExecution({ flow }: { flow: FlowSummary }) {
  const { lastExecution } = flow;
  if (!lastExecution) {
    return (
      <Text size="sm" c="dimmed">
        Never
      </Text>
    );
  }
  return (
    <Group gap={8} wrap="nowrap">
      <StatusDot status={lastExecution.status} />
      <Anchor component={Link} href={`/executions/${lastExecution.id}`} size="sm" c="var(--ink)">
        <Instant at={lastExecution.createdAt} />
      </Anchor>
    </Group>
  );
}
