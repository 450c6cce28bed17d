import { Text } from "@mantine/core";
import type { ConnectionView } from "#lib/api/connections.ts";

/** From here on it is worth saying how near the limit is. */
const NEARLY_FULL = 0.9;

/** How many of the event types Okta takes per hook are in use, where that matters, and what is wrong with which hook. */
export function HookLoad({ hooks }: { hooks: ConnectionView["intake"]["hooks"] }) {
  const [first] = hooks;
  if (!first) return null;
  if (hooks.length > 1) {
    const loads = hooks.map(({ eventTypes, limit }) => `${eventTypes} of ${limit}`).join(", ");
    return (
      <Text size="sm">
        {hooks.length} event hooks share the event types ({loads}); Okta takes {first.limit} per hook and 25
        hooks per org.
      </Text>
    );
  }
  if (first.eventTypes < first.limit * NEARLY_FULL) return null;
  return (
    <Text size="sm">
      {first.eventTypes} of {first.limit} event types are in use. Beyond them a second event hook is
      registered; Okta allows 25 per org.
    </Text>
  );
}
