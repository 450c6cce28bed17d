"use client";

import { Button, Select, Text } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ClockTime } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { JsonDrawer } from "./json-drawer.tsx";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { SearchField } from "./search-field.tsx";
import { useEventTypes } from "./use-event-types.ts";
import { type LogLine, useLogFeed } from "./use-log-feed.ts";
import type { ChangeView } from "./use-sandbox-view.ts";
import { type Column, VirtualTable } from "./virtual-table.tsx";

const COLUMNS: readonly Column[] = [
  { title: "When", width: "120px" },
  { title: "Event", width: "minmax(240px, 1.4fr)" },
  { title: "Actor", width: "minmax(130px, 0.8fr)" },
  { title: "Targets", width: "minmax(200px, 1.4fr)" },
  { title: "Outcome", width: "96px" },
  { title: "Details", width: "72px" },
];

/** The System Log as it is written. */
export function LogTab({ view, change }: { view: SandboxView; change: ChangeView }) {
  const [atTop, setAtTop] = useState(true);
  const [open, setOpen] = useState<LogLine | null>(null);
  const types = useEventTypes();
  const { feed, lines } = useLogFeed(view, atTop);
  const { hasNextPage, isFetching, fetchNextPage } = feed;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const cells = (line: LogLine) => [
    <span key="when" className={classes.soft}>
      <ClockTime at={line.published} />
    </span>,
    <div key="event">
      <span className={classes.name}>{line.message}</span>
      <span className={classes.mono}>{line.eventType}</span>
    </div>,
    line.actor,
    line.targets.join(", "),
    <Tag key="outcome" tone={line.outcome === "FAILURE" || line.outcome === "DENY" ? "bad" : "neutral"}>
      {line.outcome}
    </Tag>,
    <Button
      key="json"
      size="compact-xs"
      variant="subtle"
      aria-label={`JSON of ${line.eventType}, ${line.targets[0] ?? line.actor}`}
      onClick={() => setOpen(line)}
    >
      JSON
    </Button>,
  ];
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField label="Search the log" text={view.text} onText={(text) => change({ text }, "replace")} />
        <Select
          className={classes.choice}
          aria-label="Event type"
          placeholder="Any event type"
          data={types}
          value={view.type ?? null}
          onChange={(type) => change({ type: type ?? undefined })}
          searchable
          clearable
          limit={100}
          nothingFoundMessage="No event type is called that"
        />
        <Text size="sm" c="dimmed" role="status">
          {atTop ? "Live" : "Paused while you look further down"}
        </Text>
      </div>
      {feed.isPending ? <ListSkeleton rows={8} height={36} /> : null}
      {feed.isError && !feed.data ? (
        <ErrorState error={feed.error} what="The System Log" onRetry={() => void feed.refetch()} />
      ) : null}
      {feed.data && lines.length === 0 ? (
        <EmptyState
          icon={IconListSearch}
          title={view.text || view.type ? "No event matches" : "The log is empty"}
        >
          Every change in the org is written here: change something under People, or inject an event.
        </EmptyState>
      ) : null}
      {lines.length > 0 ? (
        <VirtualTable
          label="System Log"
          columns={COLUMNS}
          rows={lines}
          keyOf={({ seq }) => seq}
          cells={cells}
          rowHeight={55}
          onEnd={onEnd}
          onTop={setAtTop}
        />
      ) : null}
      {open ? (
        <JsonDrawer title={open.message} what="the event" json={open.event} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  );
}
