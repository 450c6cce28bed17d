"use client";

import { Anchor, Button, Group, Table } from "@mantine/core";
import { IconHandClick } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { type BulkRun, listBulkRuns } from "#lib/api/bulk.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { doneRows, isUnderWay, RunStatusTag } from "./run-status.tsx";

/** Everything that was ever run by hand, newest first. */
export function PastRuns() {
  const runs = useInfiniteQuery({
    queryKey: [...queryKey(listBulkRuns), "pages"],
    queryFn: ({ signal, pageParam }) => call(listBulkRuns, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? 2_000 : false,
  });
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  if (runs.isPending) {
    return (
      <Panel>
        <ListSkeleton rows={6} />
      </Panel>
    );
  }
  if (runs.isError && !runs.data) {
    return <ErrorState error={runs.error} what="The past runs" onRetry={() => void runs.refetch()} />;
  }
  if (items.length === 0) {
    return (
      <Panel>
        <EmptyState icon={IconHandClick} title="Nothing was run by hand yet">
          A run stays here with the result of each of its rows.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <Panel>
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="sm" horizontalSpacing="md" aria-label="Past runs">
            <Table.Thead>
              <Table.Tr>
                {["Action", "State", "Done", "Problems", "Connection", "By", "Started"].map((title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((run) => (
                <Row key={run.id} run={run} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Panel>
      {runs.hasNextPage ? (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={runs.isFetchingNextPage}
            onClick={() => void runs.fetchNextPage()}
          >
            Show older runs
          </Button>
        </Group>
      ) : null}
    </>
  );
}

function Row({ run }: { run: BulkRun }) {
  const { failed = 0, attention = 0, leftOut = 0 } = run.counts;
  const problems = failed + attention + leftOut;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={`/run/${run.id}`} fw={550}>
          {run.title}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <RunStatusTag run={run} />
      </Table.Td>
      <Table.Td>
        {doneRows(run).toLocaleString("en")} of {run.total.toLocaleString("en")}
      </Table.Td>
      <Table.Td>{problems === 0 ? "–" : problems.toLocaleString("en")}</Table.Td>
      <Table.Td>{run.connection ?? "–"}</Table.Td>
      <Table.Td>{run.createdBy}</Table.Td>
      <Table.Td>
        <Instant at={run.createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}
