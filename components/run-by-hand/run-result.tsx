"use client";

import { Anchor, Button, Group, Progress, SegmentedControl, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronLeft, IconDownload, IconListDetails, IconPlayerStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useMay } from "#components/accounts/may.tsx";
import { ErrorState, messageOf } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { type BulkRowStatus, type BulkRun, getBulkRun, stopBulk } from "#lib/api/bulk.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { downloadResults } from "./download-results.ts";
import { ResultTable } from "./result-table.tsx";
import classes from "./run-by-hand.module.css";
import {
  doneRows,
  isUnderWay,
  progressText,
  ROW_STATUSES,
  RunStatusTag,
  rowStatusLabel,
} from "./run-status.tsx";

const POLL_MS = 1_000;

/** A run by hand as it goes on: progress, stop, and what became of each row. */
export function RunResult({ id }: { id: string }) {
  const run = useQuery({
    queryKey: queryKey(getBulkRun, { params: { id } }),
    queryFn: ({ signal }) => call(getBulkRun, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });
  return (
    <div className={classes.page}>
      <BackLink kind={run.data?.kind ?? "card"} />
      {run.isPending ? <ListSkeleton rows={8} /> : null}
      {run.isError && !run.data ? (
        <ErrorState error={run.error} what="The run" onRetry={() => void run.refetch()} />
      ) : null}
      {run.data ? (
        <Loaded run={run.data} staleBecause={run.isError ? messageOf(run.error) : undefined} />
      ) : null}
    </div>
  );
}

/** Retries and replays are started from the executions and belong there. */
function BackLink({ kind }: { kind: BulkRun["kind"] }) {
  const byHand = kind === "card";
  return (
    <Anchor
      component={Link}
      href={byHand ? "/run" : "/executions"}
      size="xs"
      c="dimmed"
      display="inline-flex"
      mb={6}
    >
      <IconChevronLeft size={14} aria-hidden="true" style={{ alignSelf: "center" }} />
      {byHand ? "Run by hand" : "Executions"}
    </Anchor>
  );
}

function Loaded({ run, staleBecause }: { run: BulkRun; staleBecause?: string }) {
  const [shown, setShown] = useState<BulkRowStatus>();
  const present = ROW_STATUSES.filter((status) => (run.counts[status] ?? 0) > 0);
  const filter = shown && present.includes(shown) ? shown : undefined;
  const count = filter ? (run.counts[filter] ?? 0) : run.total;
  return (
    <>
      <Header run={run} />
      <RunProgress run={run} />
      {staleBecause ? (
        <Text size="sm" c="dimmed" role="status">
          What you see may be out of date: {staleBecause}
        </Text>
      ) : null}
      <Group my="md">
        <SegmentedControl
          aria-label="Rows by status"
          value={filter ?? "all"}
          onChange={(value) => setShown(ROW_STATUSES.find((status) => status === value))}
          data={[
            { value: "all", label: `All ${run.total.toLocaleString("en")}` },
            ...present.map((status) => ({
              value: status,
              label: `${rowStatusLabel(status)} ${(run.counts[status] ?? 0).toLocaleString("en")}`,
            })),
          ]}
        />
      </Group>
      <Panel>
        {count === 0 ? (
          <EmptyState icon={IconListDetails} title="No row" />
        ) : (
          <ResultTable key={filter} run={run} status={filter} count={count} />
        )}
      </Panel>
    </>
  );
}

/** What the rows of a run are. */
const ROWS: Record<BulkRun["kind"], string> = { card: "rows", retry: "executions", replay: "events" };

/** What a run is, where its rows are no people or things an action was run for. */
const KINDS: Record<BulkRun["kind"], string> = {
  card: "",
  retry: "Retry · ",
  replay: "Replay · ",
};

function Header({ run }: { run: BulkRun }) {
  const mayStop = useMay("executions.run");
  const [asking, { open, close }] = useDisclosure(false);
  const stop = useAction({
    run: () => call(stopBulk, { params: { id: run.id } }),
    failed: "The run was not stopped",
    onDone: close,
  });
  const download = useAction({
    run: () => downloadResults(run),
    failed: "The results were not downloaded",
  });
  return (
    <Group justify="space-between" align="flex-start" mb="sm">
      <div>
        <Group gap={10}>
          <Title order={1}>{run.title}</Title>
          <span role="status">
            <RunStatusTag run={run} />
          </span>
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {KINDS[run.kind]}
          {run.connection ? `${run.connection} · ` : ""}
          {run.createdBy} · <Instant at={run.createdAt} />
        </Text>
      </div>
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          loading={download.isPending}
          onClick={() => download.mutate(undefined)}
        >
          Download CSV
        </Button>
        {run.status === "running" && mayStop ? (
          <Button
            color="red"
            variant="light"
            leftSection={<IconPlayerStop size={16} aria-hidden="true" />}
            onClick={open}
          >
            Stop
          </Button>
        ) : null}
      </Group>
      <ConfirmDialog
        opened={asking && run.status === "running"}
        onClose={close}
        title="Stop this run?"
        confirm="Stop the run"
        danger
        loading={stop.isPending}
        onConfirm={() => stop.mutate(undefined)}
      >
        No further row is started, and those under way are cancelled before their action. What was done stays
        done.
      </ConfirmDialog>
    </Group>
  );
}

function RunProgress({ run }: { run: BulkRun }) {
  const { succeeded = 0, failed = 0, attention = 0 } = run.counts;
  const done = doneRows(run);
  const share = (count: number) => (100 * count) / run.total;
  const text = progressText(run, ROWS[run.kind]);
  return (
    <div>
      <Progress.Root size={8}>
        <Progress.Section value={share(succeeded)} color="teal" aria-label={`Succeeded: ${succeeded}`} />
        <Progress.Section
          value={share(failed + attention)}
          color="red"
          aria-label={`Failed or in doubt: ${failed + attention}`}
        />
        <Progress.Section
          value={share(done - succeeded - failed - attention)}
          color="gray"
          aria-label={`Left out or cancelled: ${done - succeeded - failed - attention}`}
        />
      </Progress.Root>
      <Text size="sm" mt={6}>
        {text}
      </Text>
    </div>
  );
}
