import { Alert, Loader, Radio, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { call } from "#lib/api/client.ts";
import { listEvents } from "#lib/api/connections.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { useBuilder } from "./builder-context.ts";

/** Real events an event card would have started on, newest first. */
export function PastEvents({
  node,
  onChoose,
}: {
  node: CardNode | undefined;
  onChoose: (event: JsonObject) => void;
}) {
  const { editor } = useBuilder();
  const description = node && editor.catalogue.card(node.card);
  // Cards without fixed types have an option that names the one they listen to.
  const chosen = description && node ? optionValues(description, node).eventType : undefined;
  const types = description?.eventTypes?.join(",") ?? chosen;
  const alias = node?.connection;
  const events = useQuery({
    queryKey: ["events", alias, types],
    queryFn: ({ signal }) =>
      call(listEvents, { params: { alias: alias ?? "" }, query: { types, limit: 10 }, signal }),
    enabled: alias !== undefined,
  });
  if (!node || alias === undefined)
    return <Alert color="gray">The flow needs an event card with a connection first.</Alert>;
  if (events.error && !events.data) {
    return <ErrorState error={events.error} what="The past events" onRetry={() => void events.refetch()} />;
  }
  if (!events.data) return <Loader size="sm" aria-label="Loading past events" />;
  if (events.data.events.length === 0)
    return <Alert color="gray">No such event arrived from “{alias}” yet.</Alert>;
  return (
    <Radio.Group
      label="Past events"
      onChange={(id) => {
        const event = events.data.events.find((each) => each.id === id);
        if (event) onChoose(event.payload);
      }}
    >
      <Stack gap={6} mt={6}>
        {events.data.events.map((event) => (
          <Radio
            key={event.id}
            size="xs"
            value={event.id}
            label={
              <Text size="sm" component="span">
                {event.summary} · <Instant at={event.published} />
              </Text>
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
