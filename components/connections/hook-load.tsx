import { Text } from "@mantine/core";
import type { ConnectionView } from "#lib/api/connections.ts";

/** From here on it is worth saying how near a limit of Okta is. */
const NEARLY_FULL = 0.9;

/** How much of Okta's limits the event hooks use: hooks of the org, event types of each hook; and what comes when one is reached. */
export function HookLoad({ intake }: { intake: Pick<ConnectionView["intake"], "hooks" | "orgHooks"> }) {
  const { hooks, orgHooks } = intake;
  const types = hooks.map(({ eventTypes, limit }) => `${eventTypes} of ${limit}`).join(", ");
  const parts = [
    orgHooks ? `Event hooks of the org: ${orgHooks.active} of ${orgHooks.limit}` : "",
    types ? `Event types${hooks.length > 1 ? " of its own" : ""}: ${types}` : "",
  ].filter(Boolean);
  if (parts.length === 0) return null;
  const hooksFull = orgHooks ? orgHooks.active >= orgHooks.limit * NEARLY_FULL : false;
  const last = hooks.at(-1);
  const typesFull = last ? last.eventTypes >= last.limit * NEARLY_FULL : false;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {parts.join(". ")}.
      </Text>
      {hooksFull ? (
        <Text size="sm" role="status">
          Okta allows no more than {orgHooks?.limit} active event hooks. A connection without one reads its
          events from the System Log, some seconds later.
        </Text>
      ) : null}
      {typesFull ? (
        <Text size="sm" role="status">
          Beyond {last?.limit} event types another event hook is registered.
        </Text>
      ) : null}
    </div>
  );
}
