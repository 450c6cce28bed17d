import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiError } from "#lib/api/client.ts";

/** What happened and what to do, where content could not be loaded. */
export function ErrorState({ error, what, onRetry }: { error: unknown; what: string; onRetry?: () => void }) {
  const hint = error instanceof ApiError ? error.body.hint : undefined;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} />}
      title={`${what} could not be loaded`}
      role="alert"
    >
      <Text size="sm">{messageOf(error)}</Text>
      {hint ? (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      ) : null}
      {onRetry ? (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      ) : null}
    </Alert>
  );
}

/** The sentence to show for anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "An unexpected answer came.";
}
