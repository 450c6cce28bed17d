import { Anchor, Group, Loader, ScrollArea, Table, Text } from "@mantine/core";
import Link from "next/link";
import { STATUS_LABELS } from "#components/flows/status-dot.tsx";
import { Instant } from "#components/ui/instant.tsx";
import type { PastEvent, ReplayPreview } from "#lib/api/replay.ts";
import { eventCount } from "./event-count.ts";

/** The newest of the events that match, and what the flow made of each. Undefined while they are looked for. */
export function EventList({ preview }: { preview: ReplayPreview | undefined }) {
  if (preview === undefined) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">Looking for events</Text>
      </Group>
    );
  }
  const { count, newest } = preview;
  if (count === 0) {
    return (
      <Text size="sm" role="status">
        No event that matches is kept. Events are kept for 30 days.
      </Text>
    );
  }
  const more = count > newest.length ? `, the newest ${newest.length} of them` : "";
  return (
    <div>
      <Text size="sm" fw={550} role="status">
        {eventCount(count)}
        {more}
      </Text>
      <ScrollArea.Autosize mah={180} mt={4} type="auto">
        <Table verticalSpacing={4} fz="sm" aria-label="Events that match">
          <Table.Tbody>
            {newest.map((event) => (
              <Row key={event.id} event={event} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </div>
  );
}

function Row({ event: { summary, eventType, published, execution } }: { event: PastEvent }) {
  return (
    <Table.Tr>
      <Table.Td>{summary || eventType}</Table.Td>
      <Table.Td>
        <Instant at={published} />
      </Table.Td>
      <Table.Td>
        {execution ? (
          <Anchor component={Link} href={`/executions/${execution.id}`} inherit>
            {STATUS_LABELS[execution.status] ?? execution.status}
          </Anchor>
        ) : (
          "Never ran"
        )}
      </Table.Td>
    </Table.Tr>
  );
}
