"use client";

import { Button } from "@mantine/core";
import { IconFilterOff, IconListDetails } from "@tabler/icons-react";
import Link from "next/link";
import { useCallback, useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { ErrorState, messageOf } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { INDEXED_WORD } from "#lib/api/executions.ts";
import { BacklogLine } from "./backlog-line.tsx";
import { pageAt } from "./execution-feed.ts";
import { ExecutionFilterBar, NO_FILTERS_AT_ALL } from "./execution-filter-bar.tsx";
import { isFiltered, writeFilters } from "./execution-filters.ts";
import classes from "./execution-list.module.css";
import { ExecutionTable } from "./execution-table.tsx";
import { placeIn } from "./list-place.ts";
import { ManyActions } from "./many-actions.tsx";
import { useCatalogue } from "./use-catalogue.ts";
import { useExecutionFeed } from "./use-execution-feed.ts";
import { useFilters } from "./use-filters.ts";
import { WhyNotButton } from "./why-not-button.tsx";

/** All executions of all flows, newest first, live. */
export function ExecutionList() {
  const { filters, change } = useFilters();
  return (
    <div className={classes.page}>
      <PageHeader
        title="Executions"
        description="Every run of every flow, as it happens. Open one to see what each card did."
      >
        <May permission="executions.run">
          <ManyActions filters={filters} />
        </May>
        <WhyNotButton flowId={filters.flowId} />
      </PageHeader>
      <div className={classes.list}>
        <ExecutionFilterBar filters={filters} change={change} />
        {/* Other filters are another list: it begins at its top. */}
        <Listed key={writeFilters(filters)} filters={filters} onClear={() => change(NO_FILTERS_AT_ALL)} />
      </div>
    </div>
  );
}

interface View {
  first: number;
  last: number;
  atTop: boolean;
}

function Listed(props: { filters: ReturnType<typeof useFilters>["filters"]; onClear: () => void }) {
  const { filters, onClear } = props;
  const name = writeFilters(filters);
  const [view, setView] = useState<View>({ first: 0, last: 0, atTop: placeIn(name) === 0 });
  const [pages, setPages] = useState<number[]>([]);
  const catalogue = useCatalogue();
  const { feed, items, unseen, showNewest, staleBecause } = useExecutionFeed(filters, pages, view.atTop);
  const { data } = feed;
  const onView = useCallback(
    (next: View) => {
      setView(next);
      const inSight = data ? [...new Set([pageAt(data, next.first), pageAt(data, next.last)])] : [];
      setPages((before) => (before.join() === inSight.join() ? before : inSight));
    },
    [data],
  );
  const loadMore = useCallback(() => void feed.fetchNextPage(), [feed.fetchNextPage]);

  if (feed.isPending) return <ListSkeleton rows={9} height={36} />;
  if (feed.isError && !data) {
    return (
      <div className={classes.problem}>
        <ErrorState error={feed.error} what="The executions" onRetry={() => void feed.refetch()} />
      </div>
    );
  }
  const backlog = <BacklogLine flowId={filters.flowId} items={items} />;
  if (items.length === 0) {
    return (
      <>
        {backlog}
        {isFiltered(filters) ? <NothingMatches text={filters.text} onClear={onClear} /> : <NoneYet />}
      </>
    );
  }
  return (
    <>
      {backlog}
      {staleBecause ? (
        <div className={classes.stale} role="status">
          What you see may be out of date: {messageOf(staleBecause)}
        </div>
      ) : null}
      <ExecutionTable
        name={name}
        items={items}
        catalogue={catalogue}
        hasMore={feed.hasNextPage}
        loadingMore={feed.isFetchingNextPage}
        loadMore={loadMore}
        unseen={unseen}
        showNewest={showNewest}
        onView={onView}
      />
    </>
  );
}

function NoneYet() {
  return (
    <EmptyState
      icon={IconListDetails}
      title="No executions yet"
      action={
        <Button component={Link} href="/sandbox" variant="default">
          Open the sandbox org
        </Button>
      }
    >
      An execution appears here when an event arrives that a flow which is on listens to, or when you test a
      flow. The sandbox org makes events at a click: add somebody to a group and watch.
    </EmptyState>
  );
}

function NothingMatches({ text, onClear }: { text: string; onClear: () => void }) {
  return (
    <EmptyState
      icon={IconFilterOff}
      title="No execution matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      {text.trim() === "" || INDEXED_WORD.test(text)
        ? "There are executions the filters leave out. New ones that match appear here by themselves."
        : "Fewer than three letters in a row are looked for among the newest 10,000 executions. Type more of the word to search all."}
    </EmptyState>
  );
}
