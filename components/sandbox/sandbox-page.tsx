"use client";

import { Button, Group, Select, Table, Text, TextInput } from "@mantine/core";
import { IconFlask, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import { type AnswerOf, ApiError, call, queryKey } from "#lib/api/client.ts";
import { getSandbox } from "#lib/api/sandbox.ts";
import { CreatePersonButton } from "./create-person.tsx";
import { GroupMenu } from "./group-menu.tsx";
import { PersonActions } from "./person-actions.tsx";
import { ResetButton } from "./reset-button.tsx";

export type Sandbox = AnswerOf<typeof getSandbox>;
export type Person = Sandbox["people"][number];

/** The sandbox org as its admin sees it: act here, and watch the flows run. */
export function SandboxPage() {
  const sandbox = useQuery({
    queryKey: queryKey(getSandbox),
    queryFn: ({ signal }) => call(getSandbox, { signal }),
    refetchInterval: 4_000,
  });
  const missing = sandbox.error instanceof ApiError && sandbox.error.body.code === "not-found";
  return (
    <Page>
      <PageHeader
        title="Sandbox org"
        description="A simulated Okta org that came with Flowdeck. What you do here is a call of the Okta API: its events arrive like any org's and start the flows that listen."
      >
        {sandbox.data ? (
          <>
            <Button component={Link} href="/executions" variant="default">
              Watch executions
            </Button>
            <ResetButton />
            <CreatePersonButton />
          </>
        ) : null}
      </PageHeader>
      {sandbox.isPending ? (
        <Panel>
          <ListSkeleton rows={8} />
        </Panel>
      ) : null}
      {missing ? (
        <Panel>
          <EmptyState icon={IconFlask} title="No sandbox org is connected">
            {sandbox.error instanceof ApiError ? sandbox.error.body.hint : null}
          </EmptyState>
        </Panel>
      ) : null}
      {sandbox.isError && !missing && !sandbox.data ? (
        <ErrorState error={sandbox.error} what="The sandbox org" onRetry={() => void sandbox.refetch()} />
      ) : null}
      {sandbox.data ? <People sandbox={sandbox.data} /> : null}
    </Page>
  );
}

function People({ sandbox }: { sandbox: Sandbox }) {
  const [search, setSearch] = useState("");
  const [groupId, setGroupId] = useState<string | null>(null);
  const found = sandbox.people.filter(
    (person) =>
      (groupId === null || person.groups.includes(groupId)) &&
      `${person.name} ${person.login} ${person.department ?? ""} ${person.userType ?? ""} ${person.status}`
        .toLowerCase()
        .includes(search.trim().toLowerCase()),
  );
  return (
    <Panel>
      <Group p="sm">
        <TextInput
          aria-label="Search people"
          placeholder="Search people"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={260}
        />
        <Select
          aria-label="Only members of"
          placeholder="All groups"
          clearable
          searchable
          data={sandbox.groups.map(({ id, name, members }) => ({ value: id, label: `${name} (${members})` }))}
          value={groupId}
          onChange={setGroupId}
          w={220}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {found.length === 1 ? "1 person" : `${found.length} people`}
        </Text>
      </Group>
      {found.length === 0 ? (
        <EmptyState icon={IconSearch} title="Nobody matches">
          Search for something else, or choose another group.
        </EmptyState>
      ) : (
        <PeopleTable people={found} sandbox={sandbox} />
      )}
    </Panel>
  );
}

const STATUS_TONES: Record<string, Tone> = {
  ACTIVE: "good",
  SUSPENDED: "warning",
  LOCKED_OUT: "bad",
  DEPROVISIONED: "neutral",
};

function PeopleTable({ people, sandbox }: { people: Person[]; sandbox: Sandbox }) {
  return (
    <Table.ScrollContainer minWidth={900}>
      <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Person</Table.Th>
            <Table.Th>Department</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Groups</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <Text size="sm" fw={550}>
                  {person.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {person.login}
                </Text>
              </Table.Td>
              <Table.Td>{person.department}</Table.Td>
              <Table.Td>{person.userType}</Table.Td>
              <Table.Td>
                <Tag tone={STATUS_TONES[person.status] ?? "info"}>{person.status}</Tag>
              </Table.Td>
              <Table.Td>
                <GroupMenu person={person} groups={sandbox.groups} />
              </Table.Td>
              <Table.Td>
                <PersonActions person={person} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
