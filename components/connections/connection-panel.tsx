"use client";

import { Button, Code, Divider, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { May } from "#components/accounts/may.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ConnectionView } from "#lib/api/connections.ts";
import { Authorization } from "./authorization.tsx";
import { ConnectionActions } from "./connection-actions.tsx";
import { EventIntake } from "./event-intake.tsx";
import { HiddenAttributes } from "./hidden-attributes.tsx";
import { RateBudget, useBudget } from "./rate-budget.tsx";

/** One org: its state, how its events arrive, the flows that use it, and what can be done with it. */
export function ConnectionPanel({ connection }: { connection: ConnectionView }) {
  const down = useBudget(connection.id).data?.down != null;
  const broken = connection.status === "broken";
  return (
    <Panel p="lg">
      <section aria-label={connection.name} id={connection.id}>
        <Group justify="space-between" align="flex-start">
          <div>
            <Group gap="xs">
              <Title order={2} size="h4">
                {connection.name}
              </Title>
              <Tag tone={broken ? "bad" : down ? "warning" : "good"}>
                {broken ? "Broken" : down ? "Not answering" : "Connected"}
              </Tag>
              {connection.sandbox ? <Tag>Simulated</Tag> : null}
            </Group>
            <Text size="sm" c="dimmed" mt={4}>
              {connection.orgName ? `${connection.orgName}, ` : ""}
              {connection.orgUrl}
              {connection.adminLogin ? `, as ${connection.adminLogin}` : ""}
            </Text>
            <Text size="sm" c="dimmed">
              Flows call it <Code>{connection.alias}</Code>
            </Text>
          </div>
          <May permission="connections.manage">
            <ConnectionActions connection={connection} />
          </May>
        </Group>
        {broken ? (
          <Text size="sm" c="var(--mantine-color-error)" mt="sm" role="alert">
            {connection.statusDetail ?? "The org no longer accepts its credentials."} Executions that need it
            wait until it{" "}
            {connection.authorization.kind === "token" ? "has a new token." : "is authorized again."}
          </Text>
        ) : null}
        {connection.sameOrg.length > 0 ? (
          <Text size="sm" c="dimmed" mt="sm">
            {connection.sameOrg.join(", ")} {connection.sameOrg.length === 1 ? "is" : "are"} connected to the
            same org: each keeps an event hook of its own there and does not see what the others use of its
            rate limits.
          </Text>
        ) : null}
        <Divider my="md" />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <EventIntake connection={connection} />
          <Stack gap="lg">
            <Authorization connection={connection} />
            <RateBudget connection={connection} />
            <HiddenAttributes connection={connection} />
            <UsedBy connection={connection} />
          </Stack>
        </SimpleGrid>
      </section>
    </Panel>
  );
}

function UsedBy({ connection }: { connection: ConnectionView }) {
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm">
        Used by
      </Text>
      {connection.usedBy.length === 0 ? (
        <Text size="sm" c="dimmed">
          No flow uses it yet.
        </Text>
      ) : (
        <Group gap={6}>
          {connection.usedBy.map((flow) => (
            <Button
              key={flow.id}
              component={Link}
              href={`/flows/${flow.id}`}
              size="compact-sm"
              variant="default"
            >
              {flow.name}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}
