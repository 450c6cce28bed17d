"use client";

import { Button, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "#components/accounts/may.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { type AdminView, listAdmins, removeAdmin } from "#lib/api/accounts.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { AddAdmin, NewLink } from "./invite-admin.tsx";
import { ROLE_LABELS, RoleSelect } from "./role-select.tsx";

/** Who may use this console, and as what; an owner adds and removes them, and gives them their roles. */
export function AdminPanel() {
  const admins = useQuery({
    queryKey: queryKey(listAdmins),
    queryFn: ({ signal }) => call(listAdmins, { signal }),
  });
  const [adding, add] = useDisclosure();
  const mayManage = admins.data?.mayManage === true;
  return (
    <Panel p="lg">
      <Group justify="space-between" mb="sm" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4">
            Accounts
          </Title>
          <Text size="sm" c="dimmed">
            Viewers may look at everything here and change nothing. Admins may do everything but manage
            accounts; owners may do that too.
          </Text>
        </div>
        {mayManage ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            style={{ flexShrink: 0 }}
            onClick={add.open}
          >
            Add an account
          </Button>
        ) : null}
      </Group>
      {admins.isPending ? <ListSkeleton rows={2} /> : null}
      {admins.isError && !admins.data ? (
        <ErrorState error={admins.error} what="The accounts" onRetry={() => void admins.refetch()} />
      ) : null}
      {admins.data ? <AdminTable admins={admins.data.admins} mayManage={mayManage} /> : null}
      {adding ? <AddAdmin onClose={add.close} /> : null}
    </Panel>
  );
}

function AdminTable({ admins, mayManage }: { admins: AdminView[]; mayManage: boolean }) {
  const me = useMe();
  const owners = admins.filter(({ role }) => role === "owner").length;
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Email address</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>Last seen</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {admins.map((admin) => (
            <Table.Tr key={admin.id}>
              <Table.Td>{admin.name}</Table.Td>
              <Table.Td>{admin.email}</Table.Td>
              <Table.Td>
                <Group gap={6}>
                  <Role admin={admin} mayManage={mayManage} />
                  {admin.invited ? <Tag tone="warning">Invited</Tag> : null}
                </Group>
              </Table.Td>
              <Table.Td>{admin.lastSeenAt ? <Instant at={admin.lastSeenAt} /> : "Not signed in"}</Table.Td>
              <Table.Td ta="right">
                {mayManage ? (
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    {/* For oneself there is "Change password"; a link would end one's own sessions. */}
                    {admin.email === me?.email ? null : <NewLink admin={admin} />}
                    {admin.role === "owner" && owners === 1 ? null : <RemoveAdmin admin={admin} />}
                  </Group>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Role({ admin, mayManage }: { admin: AdminView; mayManage: boolean }) {
  // An owner stays one.
  if (!mayManage || admin.role === "owner") return ROLE_LABELS[admin.role];
  return <RoleSelect id={admin.id} name={admin.name} role={admin.role} />;
}

function RemoveAdmin({ admin }: { admin: AdminView }) {
  const [opened, { open, close }] = useDisclosure();
  const remove = useAction({
    run: () => call(removeAdmin, { params: { id: admin.id } }),
    failed: "The account was not removed",
    done: ({ warning }) => warning ?? `${admin.name} was removed.`,
    onDone: close,
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        onClick={open}
        aria-label={`Remove ${admin.name}`}
      >
        Remove
      </Button>
      {opened ? (
        <Dialog onClose={close} title={`Remove ${admin.name}?`}>
          <Stack>
            <Text size="sm">
              Sessions and API tokens of this account end at once. Flows and their history stay.
            </Text>
            {admin.connections.length > 0 ? <TakenBack connections={admin.connections} /> : null}
            <DialogButtons
              onCancel={close}
              confirm="Remove"
              danger
              busy={remove.isPending}
              onConfirm={() => remove.mutate(undefined)}
            />
          </Stack>
        </Dialog>
      ) : null}
    </>
  );
}

const AT_OKTA = {
  oauth: "the consent is revoked at Okta, and somebody else has to authorize it",
  service: "the app's token is revoked at Okta, and somebody else has to authorize it again",
  token: "the API token is revoked at Okta, and it needs one of another admin",
} satisfies Record<AdminView["connections"][number]["auth"], string>;

/** The connections that break with the account that authorized them, before it is removed. */
function TakenBack({ connections }: Pick<AdminView, "connections">) {
  return (
    <div>
      <Text size="sm">These connections break, and what flows do with them waits:</Text>
      <List size="sm" mt={4}>
        {connections.map(({ name, auth }) => (
          <List.Item key={name}>
            {name}: {AT_OKTA[auth]}.
          </List.Item>
        ))}
      </List>
    </div>
  );
}
