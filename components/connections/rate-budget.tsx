"use client";

import { Button, Group, Progress, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "#components/accounts/may.tsx";
import { lengthText } from "#components/executions/backlog-text.ts";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { readWholeNumber, WholeNumberInput } from "#components/ui/whole-number-input.tsx";
import { WideTable } from "#components/ui/wide-table.tsx";
import { type BudgetView, getBudget } from "#lib/api/budget.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { type ConnectionView, updateConnection } from "#lib/api/connections.ts";
import { limitClearsIn } from "#lib/api/limit-clears-in.ts";

/** How much of the org's rate limits flows use, and how much they may. */
export function RateBudget({ connection }: { connection: ConnectionView }) {
  const { id } = connection;
  const mayManage = useMay("connections.manage");
  const budget = useBudget(id);
  const save = useAction({
    run: (body: BudgetSettings) => call(updateConnection, { params: { id }, body }),
    failed: "The limits were not changed",
    done: "The limits are changed. They hold from the next calls on.",
  });
  if (!budget.data) {
    return budget.isError ? (
      <ErrorState error={budget.error} what="The rate limits" onRetry={() => void budget.refetch()} />
    ) : (
      <ListSkeleton rows={3} height={20} />
    );
  }
  return (
    <BudgetMeter
      budget={budget.data}
      saving={save.isPending}
      onSave={mayManage ? (body) => save.mutate(body) : undefined}
    />
  );
}

/** The rate limits of a connection, and whether its org answers, kept fresh. */
export function useBudget(id: string) {
  return useQuery({
    queryKey: queryKey(getBudget, { params: { id } }),
    queryFn: ({ signal }) => call(getBudget, { params: { id }, signal }),
    refetchInterval: 5_000,
  });
}

export interface BudgetSettings {
  reservePercent: number;
  maxCalls: number;
}

/** The meter itself. */
export function BudgetMeter({
  budget,
  saving = false,
  onSave,
}: {
  budget: BudgetView;
  saving?: boolean;
  /** Absent where the limits are only to be looked at. */
  onSave?: (settings: BudgetSettings) => void;
}) {
  return (
    <Stack gap={6}>
      <Text fw={600} size="sm">
        Rate limits
      </Text>
      <Text size="sm" c="dimmed">
        Flows leave {budget.reservePercent} % of each of the org's rate limits to others and make at most{" "}
        {budget.maxCalls} calls at once. What goes beyond waits.
      </Text>
      {budget.down ? (
        <Text size="sm" c="red" role="alert">
          The org has been down for {lengthText((Date.now() - Date.parse(budget.down.since)) / 1000)}:{" "}
          {budget.down.reason}. It is tried again <Instant at={budget.down.until} />; executions that need it
          wait.
        </Text>
      ) : null}
      {budget.waiting > 0 ? (
        <Text size="sm" role="status">
          {budget.waiting === 1
            ? "1 execution waits"
            : `${budget.waiting.toLocaleString("en")} executions wait`}{" "}
          before a call to this org.{clearsText(budget.buckets, Date.now())}
        </Text>
      ) : null}
      {budget.buckets.length === 0 ? (
        <Text size="sm">No limit is known: no flow had an answer of it in the last hour.</Text>
      ) : (
        <Buckets buckets={budget.buckets} />
      )}
      {onSave ? <Settings budget={budget} saving={saving} onSave={onSave} /> : null}
    </Stack>
  );
}

/** When those that wait for a rate limit are let through; empty where none do. */
export function clearsText(buckets: BudgetView["buckets"], now: number): string {
  const seconds = buckets.map(({ waiting, limit, reserved, resetAt }) => {
    const endsIn = resetAt === null ? 0 : Math.max(0, (Date.parse(resetAt) - now) / 1000);
    return limitClearsIn({ waiting, share: limit - reserved, endsIn });
  });
  const last = Math.max(0, ...seconds);
  return last === 0
    ? ""
    : ` Those that wait for a limit are let through in ${lengthText(last)} at the earliest.`;
}

function Buckets({ buckets }: { buckets: BudgetView["buckets"] }) {
  return (
    <WideTable label="Calls by rate limit" minWidth={430}>
      <Table verticalSpacing={4} horizontalSpacing={6} fz="sm" withRowBorders={false} tabularNums>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Calls</Table.Th>
            <Table.Th scope="col" miw={110}>
              Used by flows
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Left
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Starts over
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Waiting
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {buckets.map((bucket) => (
            <BucketRow key={bucket.name} bucket={bucket} />
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function BucketRow({ bucket }: { bucket: BudgetView["buckets"][number] }) {
  const { name, limit, reserved, remaining, resetAt, used, usedBefore, waiting } = bucket;
  const share = limit - reserved;
  const spent = share === 0 ? 100 : Math.min(100, (used / share) * 100);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} style={{ overflowWrap: "anywhere" }}>
        {name}
      </Table.Th>
      <Table.Td>
        <Progress value={spent} size="sm" color={spent >= 100 ? "orange" : undefined} aria-label={name} />
        <Text size="xs" c="dimmed">
          {used.toLocaleString("en")} of {share.toLocaleString("en")}, before{" "}
          {usedBefore.toLocaleString("en")}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {remaining === null ? "all" : remaining.toLocaleString("en")} of {limit.toLocaleString("en")}
      </Table.Td>
      <Table.Td ta="right">{resetAt ? <Instant at={resetAt} /> : "next call"}</Table.Td>
      <Table.Td ta="right">{waiting.toLocaleString("en")}</Table.Td>
    </Table.Tr>
  );
}

const RESERVE = { min: 0, max: 90 };
const CALLS = { min: 1, max: 500 };

function Settings({ budget, saving, onSave }: Required<Parameters<typeof BudgetMeter>[0]>) {
  const [reserve, setReserve] = useState(`${budget.reservePercent}`);
  const [calls, setCalls] = useState(`${budget.maxCalls}`);
  const reservePercent = readWholeNumber(reserve, RESERVE).value;
  const maxCalls = readWholeNumber(calls, CALLS).value;
  const changed = reservePercent !== budget.reservePercent || maxCalls !== budget.maxCalls;
  const complete = reservePercent !== undefined && maxCalls !== undefined;
  return (
    <Group gap="xs" align="flex-start">
      <WholeNumberInput
        label="Left to others (%)"
        size="xs"
        w={130}
        takes={RESERVE}
        typed={reserve}
        onType={setReserve}
      />
      <WholeNumberInput
        label="Calls at once"
        size="xs"
        w={130}
        takes={CALLS}
        typed={calls}
        onType={setCalls}
      />
      {/* As high as a label: a message under a field must not move the button. */}
      <Button
        mt={20}
        size="xs"
        variant="default"
        loading={saving}
        disabled={!changed || !complete}
        onClick={() => complete && onSave({ reservePercent, maxCalls })}
      >
        Save limits
      </Button>
    </Group>
  );
}
