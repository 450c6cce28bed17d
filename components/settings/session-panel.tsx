"use client";

import { Button, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listSessions, revokeSession } from "#lib/api/settings.ts";

/** Where the viewer is signed in, each to be ended. */
export function SessionPanel() {
  const sessions = useQuery({
    queryKey: queryKey(listSessions),
    queryFn: ({ signal }) => call(listSessions, { signal }),
  });
  const revoke = useAction({
    run: (id: string) => call(revokeSession, { params: { id } }),
    failed: "The session was not ended",
    done: "The session was ended.",
  });
  return (
    <Panel p="lg">
      <Title order={2} size="h4">
        Your sessions
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        End the ones you don't recognise.
      </Text>
      {sessions.isPending ? <ListSkeleton rows={2} /> : null}
      {sessions.isError && !sessions.data ? (
        <ErrorState error={sessions.error} what="Your sessions" onRetry={() => void sessions.refetch()} />
      ) : null}
      {sessions.data ? (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Browser</Table.Th>
                <Table.Th>Address</Table.Th>
                <Table.Th>Signed in</Table.Th>
                <Table.Th>Last used</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sessions.data.sessions.map((session) => (
                <Table.Tr key={session.id}>
                  <Table.Td>
                    <Text size="sm" lineClamp={1} title={session.userAgent ?? undefined}>
                      {browserName(session.userAgent)}
                    </Text>
                  </Table.Td>
                  <Table.Td>{session.ipAddress ?? "unknown"}</Table.Td>
                  <Table.Td>
                    <Instant at={session.createdAt} />
                  </Table.Td>
                  <Table.Td>
                    <Instant at={session.lastUsedAt} />
                  </Table.Td>
                  <Table.Td ta="right">
                    {session.current ? (
                      <Tag tone="good">This one</Tag>
                    ) : (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        loading={revoke.isPending && revoke.variables === session.id}
                        onClick={() => revoke.mutate(session.id)}
                      >
                        End
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
    </Panel>
  );
}

/** "Firefox on Windows": enough to recognise one's own. The order matters: Edge and Chrome also call themselves Safari. */
function browserName(userAgent: string | null): string {
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const browser = find([
    [/Edg\//, "Edge"],
    [/Firefox\//, "Firefox"],
    [/Chrome\//, "Chrome"],
    [/Safari\//, "Safari"],
  ]);
  const system = find([
    [/Windows/, "Windows"],
    [/Android/, "Android"],
    [/iPhone|iPad/, "iOS"],
    [/Mac OS X/, "macOS"],
    [/Linux/, "Linux"],
  ]);
  if (!browser) return userAgent ?? "Unknown";
  return system ? `${browser} on ${system}` : browser;
}
