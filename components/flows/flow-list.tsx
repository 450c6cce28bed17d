"use client";

import { Anchor, Button, Group, Switch, Table, Text, TextInput, Tooltip } from "@mantine/core";
import { IconArrowsSplit2, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { May, useMay } from "#components/accounts/may.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListEnd } from "#components/ui/list-end.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import {
  createFlow,
  type FlowCall,
  type FlowSummary,
  listFlows,
  turnFlowOff,
  turnFlowOn,
} from "#lib/api/flows.ts";
import { callersOf, missedCall } from "./flow-calls.ts";
import { FlowRowMenu } from "./flow-row-menu.tsx";
import { ImportFlow } from "./import-flow.tsx";
import { LastExecution } from "./last-execution.tsx";
import { OnTag } from "./on-tag.tsx";
import { PausedTag } from "./paused-tag.tsx";
import { TurnOffDialog } from "./turn-off-dialog.tsx";

/** All flows: what each listens to, whether it is on, how its last execution went. */
export function FlowList() {
  const flows = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
    refetchInterval: 5_000,
  });
  const [search, setSearch] = useState("");
  const found = (flows.data?.flows ?? []).filter((flow) => matches(flow, search));
  return (
    <Page>
      <PageHeader
        title="Flows"
        description="A flow starts when an event happens in Okta and runs its cards one after another."
      >
        <May permission="flows.write">
          <ImportFlow />
          <NewFlowButton />
        </May>
      </PageHeader>
      {flows.isError && !flows.data ? (
        <ErrorState error={flows.error} what="The flows" onRetry={() => void flows.refetch()} />
      ) : (
        <Panel>
          {flows.isPending ? <ListSkeleton /> : null}
          {flows.data && flows.data.flows.length > 0 ? (
            <Group p="sm">
              <TextInput
                aria-label="Search flows"
                placeholder="Search flows"
                leftSection={<IconSearch size={16} aria-hidden="true" />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                w={280}
              />
              <Text size="sm" c="dimmed" aria-live="polite">
                {found.length === 1 ? "1 flow" : `${found.length} flows`}
              </Text>
            </Group>
          ) : null}
          {found.length > 0 && flows.data ? <FlowTable flows={found} all={flows.data} /> : null}
          {flows.data && flows.data.flows.length === 0 ? <NoFlowsYet /> : null}
          {flows.data && flows.data.flows.length > 0 && found.length === 0 ? (
            <EmptyState
              icon={IconSearch}
              title="No flow matches"
              action={
                <Button variant="default" onClick={() => setSearch("")}>
                  Clear search
                </Button>
              }
            >
              Nothing is called “{search}”.
            </EmptyState>
          ) : null}
        </Panel>
      )}
    </Page>
  );
}

function NoFlowsYet() {
  if (!useMay("flows.write")) {
    return <EmptyState icon={IconArrowsSplit2} title="No flows yet" />;
  }
  return (
    <EmptyState icon={IconArrowsSplit2} title="No flows yet" action={<NewFlowButton />}>
      Create one and choose the event that starts it, for example a user being added to a group.
    </EmptyState>
  );
}

function matches(flow: FlowSummary, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/);
  const text = `${flow.name} ${flow.description ?? ""} ${flow.trigger ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

interface FlowsAndCalls {
  flows: FlowSummary[];
  calls: FlowCall[];
}

/** Every row has a switch, a menu and a link: those far below are drawn once somebody comes near them. */
const AT_ONCE = 200;

function FlowTable({ flows, all }: { flows: FlowSummary[]; all: FlowsAndCalls }) {
  const mayTurn = useMay("flows.publish");
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={{ base: "auto", xs: "34%" }}>Flow</Table.Th>
            <Table.Th visibleFrom="sm">Starts with</Table.Th>
            <Table.Th visibleFrom="xs">Last execution</Table.Th>
            <Table.Th visibleFrom="md">Changed</Table.Th>
            <Table.Th w={80}>On</Table.Th>
            <Table.Th w={60} aria-label="More" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.slice(0, shown).map((flow) => (
            <Table.Tr key={flow.id}>
              <Table.Td>
                <Anchor
                  component={Link}
                  href={`/flows/${flow.id}`}
                  fw={550}
                  size="sm"
                  c="var(--ink)"
                  lineClamp={2}
                  title={flow.name}
                  style={{ overflowWrap: "anywhere" }}
                >
                  {flow.name}
                </Anchor>
                <Group gap={6} mt={2}>
                  <Text size="xs" c="dimmed">
                    {flow.liveVersion ? `Version ${flow.liveVersion}` : "Never published"}
                  </Text>
                  {flow.unpublishedChanges && flow.liveVersion ? (
                    <Tag tone="warning">Unpublished changes</Tag>
                  ) : null}
                  <PausedTag paused={flow.paused} />
                  <MissedCall words={missedCall(flow.id, all)} />
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="sm">{flow.trigger ?? "No event yet"}</Text>
              </Table.Td>
              <Table.Td visibleFrom="xs">
                <LastExecution flow={flow} />
              </Table.Td>
              <Table.Td visibleFrom="md">
                <Text size="sm" c="dimmed">
                  <Instant at={flow.updatedAt} /> by {flow.updatedBy}
                </Text>
              </Table.Td>
              <Table.Td>
                {mayTurn ? (
                  <OnSwitch flow={flow} callers={callersOf(flow.id, all)} />
                ) : (
                  <OnTag on={flow.on} />
                )}
              </Table.Td>
              <Table.Td>
                <FlowRowMenu flow={flow} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown < flows.length ? (
        <ListEnd key={shown} within="page" onNear={() => setShown(shown + AT_ONCE)} />
      ) : null}
    </Table.ScrollContainer>
  );
}

function MissedCall({ words }: { words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-orange-text)">
      {words}
    </Text>
  );
}

function OnSwitch({ flow, callers }: { flow: FlowSummary; callers: string[] }) {
  const [asking, setAsking] = useState(false);
  const turn = useAction({
    run: (on: boolean) => call(on ? turnFlowOn : turnFlowOff, { params: { id: flow.id } }),
    failed: `"${flow.name}" was not switched`,
  });
  const shown = turn.isPending ? turn.variables : flow.on;
  return (
    <Tooltip label="Publish the flow before turning it on." disabled={flow.liveVersion !== null}>
      <div>
        <Switch
          aria-label={`${flow.name} is on`}
          checked={shown}
          disabled={flow.liveVersion === null}
          onChange={(event) => {
            if (turn.isPending) return;
            if (!event.currentTarget.checked && callers.length > 0) setAsking(true);
            else turn.mutate(event.currentTarget.checked);
          }}
        />
        {asking ? (
          <TurnOffDialog
            name={flow.name}
            callers={callers}
            onClose={() => setAsking(false)}
            onConfirm={() => turn.mutate(false)}
          />
        ) : null}
      </div>
    </Tooltip>
  );
}

function NewFlowButton() {
  const router = useRouter();
  const create = useAction({
    run: () => call(createFlow, { body: { name: "New flow" } }),
    failed: "The flow was not created",
    onDone: (flow) => router.push(`/flows/${flow.id}`),
  });
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      loading={create.isPending || create.isSuccess}
      onClick={() => create.mutate(undefined)}
    >
      New flow
    </Button>
  );
}
