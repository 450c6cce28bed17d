import { Text } from "@mantine/core";
import { Instant } from "#components/ui/instant.tsx";
import type { ConnectionView } from "#lib/api/connections.ts";

/** Where the status says it all; of an unreadable call the reason says what could not be read. */
const SHORT_REASONS: Record<number, string> = {
  401: "wrong secret",
  413: "too large",
  415: "wrong content type",
};

/** Calls of the hook's address that were refused: a hook with an old secret, or somebody who found the address. */
export function RefusedCalls({ refused }: { refused: ConnectionView["intake"]["refused"] }) {
  return refused.map(({ status, reason, count, lastAt }) => (
    <Text key={`${status} ${reason}`} size="sm" c="var(--mantine-color-error)">
      {count.toLocaleString("en")} refused in the last 24 h, the last <Instant at={lastAt} />:{" "}
      {SHORT_REASONS[status] ?? reason}
    </Text>
  ));
}
