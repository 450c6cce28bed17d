import { Table, Text } from "@mantine/core";
import { Instant } from "#components/ui/instant.tsx";
import { WideTable } from "#components/ui/wide-table.tsx";
import type { ConnectionView, IntakeCounts } from "#lib/api/connections.ts";

const COLUMNS: { key: keyof IntakeCounts; label: string }[] = [
  { key: "delivered", label: "Delivered" },
  { key: "recovered", label: "Recovered" },
  { key: "duplicate", label: "Duplicate" },
  { key: "late", label: "Late" },
];

/** What came in, by the way it came, and how far behind Okta that is. */
export function EventCounts({ intake }: { intake: ConnectionView["intake"] }) {
  const { counts, lagSeconds, lastDeliveryAt, lastRecoveryAt } = intake;
  if (!lastDeliveryAt) return <Text size="sm">Nothing has arrived yet.</Text>;
  return (
    <>
      <WideTable label="Events that came in" minWidth={400}>
        <Table verticalSpacing={2} horizontalSpacing="xs" fz="sm" withRowBorders={false} tabularNums>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Events</Table.Th>
              {COLUMNS.map(({ key, label }) => (
                <Table.Th key={key} scope="col" ta="right">
                  {label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <CountRow label="Last 24 hours" counts={counts.lastDay} />
            <CountRow label="All time" counts={counts.allTime} />
          </Table.Tbody>
        </Table>
      </WideTable>
      <Text size="xs" c="dimmed">
        Recovered: the hook missed them, the System Log brought them. Duplicate: Okta sent them again. Late: a
        later event about the same person or thing was there already.
      </Text>
      <Text size="sm">
        The last delivery came <Instant at={lastDeliveryAt} />
        {lagSeconds === null ? "" : `, ${lagText(lagSeconds)} after its newest event happened`}.
      </Text>
      {lastRecoveryAt ? (
        <Text size="sm">
          The last event was recovered <Instant at={lastRecoveryAt} />.
        </Text>
      ) : null}
    </>
  );
}

function CountRow({ label, counts }: { label: string; counts: IntakeCounts }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {label}
      </Table.Th>
      {COLUMNS.map(({ key }) => (
        <Table.Td key={key} ta="right">
          {counts[key].toLocaleString("en")}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** "0.4 s", "12 s", "3 min", "5 h". */
export function lagText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
