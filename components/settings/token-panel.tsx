"use client";

import { Alert, Button, Code, CopyButton, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { type AnswerOf, call, queryKey } from "#lib/api/client.ts";
import { createToken, listTokens, revokeToken } from "#lib/api/settings.ts";

type Token = AnswerOf<typeof listTokens>["tokens"][number];

/** API tokens: made here, shown once, revoked here. */
export function TokenPanel() {
  const tokens = useQuery({
    queryKey: queryKey(listTokens),
    queryFn: ({ signal }) => call(listTokens, { signal }),
  });
  const [creating, create] = useDisclosure();
  return (
    <Panel p="lg">
      <Group justify="space-between" mb="sm">
        <div>
          <Title order={2} size="h4">
            API tokens
          </Title>
          <Text size="sm" c="dimmed">
            A token does what its maker may do with flows, executions and connections. The API is described at{" "}
            <Code>/api/openapi.json</Code>.
          </Text>
        </div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={create.open}
        >
          New token
        </Button>
      </Group>
      {tokens.isPending ? <ListSkeleton rows={2} /> : null}
      {tokens.isError && !tokens.data ? (
        <ErrorState error={tokens.error} what="The tokens" onRetry={() => void tokens.refetch()} />
      ) : null}
      {tokens.data?.tokens.length === 0 ? (
        <EmptyState icon={IconKey} title="No API tokens">
          Scripts send one as <Code>Authorization: Bearer …</Code>.
        </EmptyState>
      ) : null}
      {tokens.data && tokens.data.tokens.length > 0 ? <TokenTable tokens={tokens.data.tokens} /> : null}
      {creating ? <CreateToken onClose={create.close} /> : null}
    </Panel>
  );
}

function TokenTable({ tokens }: { tokens: Token[] }) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Begins with</Table.Th>
            <Table.Th>Created</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td>{token.name}</Table.Td>
              <Table.Td>
                <Code>{token.prefix}…</Code>
              </Table.Td>
              <Table.Td>
                <Instant at={token.createdAt} /> by {token.createdBy}
              </Table.Td>
              <Table.Td>{token.lastUsedAt ? <Instant at={token.lastUsedAt} /> : "Never"}</Table.Td>
              <Table.Td ta="right">
                <RevokeToken token={token} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function RevokeToken({ token }: { token: Token }) {
  const [opened, { open, close }] = useDisclosure();
  const revoke = useAction({
    run: () => call(revokeToken, { params: { id: token.id } }),
    failed: "The token was not revoked",
    done: `"${token.name}" was revoked.`,
    onDone: close,
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        onClick={open}
        aria-label={`Revoke ${token.name}`}
      >
        Revoke
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={`Revoke "${token.name}"?`}
        confirm="Revoke"
        danger
        loading={revoke.isPending}
        onConfirm={() => revoke.mutate(undefined)}
      >
        Whatever uses it is refused from now on. This can't be undone.
      </ConfirmDialog>
    </>
  );
}

function CreateToken({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const create = useAction({
    run: () => call(createToken, { body: { name } }),
    failed: "The token was not created",
  });
  const token = create.data?.token;
  return (
    <Dialog onClose={onClose} title={token ? "Your new token" : "New API token"} closeOnClickOutside={!token}>
      {token ? (
        <Stack>
          <Alert title="Copy it now">It is not shown again.</Alert>
          <Code block>{token}</Code>
          <Group justify="flex-end">
            <CopyButton value={token}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? "Copied" : "Copy"}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(undefined);
          }}
        >
          <Stack>
            <TextInput
              label="Name"
              description="What will use it."
              placeholder="Nightly export"
              data-autofocus
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <DialogButtons
              onCancel={onClose}
              confirm="Create"
              busy={create.isPending}
              disabled={!name.trim()}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
