"use client";

import { Button, Code, Group, Spoiler, Stack, Text } from "@mantine/core";
import { May } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Instant } from "#components/ui/instant.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { call } from "#lib/api/client.ts";
import { type ConnectionView, registerHook } from "#lib/api/connections.ts";
import { EventCounts } from "./event-counts.tsx";
import { HookLoad } from "./hook-load.tsx";
import { RefusedCalls } from "./refused-calls.tsx";

const HOOK_STATES = {
  none: { label: "not registered yet", tone: "neutral" },
  unverified: { label: "waiting for verification", tone: "warning" },
  verified: { label: "verified", tone: "good" },
  failed: { label: "failed", tone: "bad" },
} as const;

/** How an org's events reach the console, in words and with its state. */
export function EventIntake({ connection }: { connection: ConnectionView }) {
  const { intake } = connection;
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600} size="sm">
          Events
        </Text>
        {intake.mode === "hook" ? (
          <Tag tone={HOOK_STATES[intake.hookStatus].tone}>
            Event hook: {HOOK_STATES[intake.hookStatus].label}
          </Tag>
        ) : (
          <Tag>System Log</Tag>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {intake.explanation}
      </Text>
      {intake.hookDetail ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {intake.hookDetail}
        </Text>
      ) : null}
      {intake.logDetail ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {intake.logDetail}
        </Text>
      ) : null}
      <RefusedCalls refused={intake.refused} />
      <EventCounts intake={intake} />
      <LogState intake={intake} />
      {intake.mode === "hook" ? (
        <>
          <HookLoad intake={intake} />
          {intake.hooksIdle ? (
            <Text size="sm" c="dimmed">
              No flow listens through the event hook yet. It is registered for {intake.eventTypes.join(", ")},
              because a hook needs an event type to be there and verified; those events start nothing.
            </Text>
          ) : (
            <EventTypes types={intake.eventTypes} label="By the event hook" />
          )}
        </>
      ) : null}
      <EventTypes types={intake.logEventTypes} label="Through the System Log" />
      {intake.mode === "hook" && intake.hookStatus !== "verified" ? (
        <May permission="connections.manage">
          <RegisterAgain id={connection.id} />
        </May>
      ) : null}
    </Stack>
  );
}

/** How far the System Log was read. It is read only while a flow listens. */
function LogState({ intake }: { intake: ConnectionView["intake"] }) {
  const { logReadAt, logSeenUntil } = intake;
  if (!logReadAt) return null;
  return (
    <Text size="sm">
      The System Log was read <Instant at={logReadAt} />
      {logSeenUntil ? (
        <>
          ; its newest event happened <Instant at={logSeenUntil} />
        </>
      ) : null}
      .
    </Text>
  );
}

function EventTypes({ types, label }: { types: string[]; label: string }) {
  if (types.length === 0) return null;
  return (
    <Spoiler maxHeight={48} showLabel="Show all event types" hideLabel="Show fewer">
      <Group gap={4}>
        <Text size="sm" c="dimmed">
          {label}:
        </Text>
        {types.map((type) => (
          <Code key={type}>{type}</Code>
        ))}
      </Group>
    </Spoiler>
  );
}

function RegisterAgain({ id }: { id: string }) {
  const register = useAction({
    run: () => call(registerHook, { params: { id } }),
    failed: "The hook was not registered",
  });
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        loading={register.isPending}
        onClick={() => register.mutate(undefined)}
      >
        Register the hook again
      </Button>
    </div>
  );
}
