"use client";

import { type InfiniteData, useInfiniteQuery, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { call, queryKey } from "#lib/api/client.ts";
import { listExecutions } from "#lib/api/executions.ts";
import { countNew, type FeedPage, feedItems, renewPage, takeNewest } from "./execution-feed.ts";
import { type ExecutionFilters, filterQuery, writeFilters } from "./execution-filters.ts";

const PAGE_SIZE = 100;
const EVERY_MS = 2_000;
type Data = InfiniteData<FeedPage, string | undefined>;

/**
 * The filtered list of executions, live. Loaded pages are never asked for all over: after an hour of scrolling that
 * would be a thousand requests. Every two seconds the first page and those in sight are asked for again and laid over
 * what is there; a hidden browser tab asks nothing.
 *
 * @param visible indexes of the pages in sight
 * @param follow whether new executions may push the rows down: true at the top of the list
 */
export function useExecutionFeed(filters: ExecutionFilters, visible: readonly number[], follow: boolean) {
  const client = useQueryClient();
  const name = writeFilters(filters);
  const feedKey = useMemo(() => [...queryKey(listExecutions), "feed", name], [name]);
  const pageOf = (cursor: string | undefined, signal: AbortSignal): Promise<FeedPage> =>
    call(listExecutions, {
      query: { ...filterQuery(filters, Date.now()), cursor, limit: PAGE_SIZE },
      signal,
    });
  const feed = useInfiniteQuery<FeedPage, Error, Data, unknown[], string | undefined>({
    queryKey: feedKey,
    queryFn: ({ pageParam, signal }) => pageOf(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next,
    staleTime: "static",
  });

  const cursors = feed.data?.pageParams ?? [];
  const watched = [...new Set([0, ...visible])].filter((index) => index < cursors.length);
  const fresh = useQueries({
    queries: watched.map((index) => ({
      queryKey: [...queryKey(listExecutions), "fresh", name, cursors[index] ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) => pageOf(cursors[index], signal),
      refetchInterval: EVERY_MS,
      staleTime: 0,
      gcTime: 0,
    })),
  });

  const head = fresh[0]?.data;
  const answers = fresh.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  const renew = useCallback(
    (change: (data: Data) => Data) => {
      client.setQueryData<Data>(feedKey, (data) => data && change(data));
    },
    [client, feedKey],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `answers` says when something new was answered
  useEffect(() => {
    renew((data) =>
      watched.reduce<Data>((merged, index, at) => {
        const page = fresh[at]?.data;
        // Pages are found again by their cursor: a feed that began anew has others at the same index.
        const stands = page && merged.pageParams[index] === cursors[index];
        if (!stands) return merged;
        return index === 0 && follow ? takeNewest(merged, page) : renewPage(merged, index, page);
      }, data),
    );
  }, [answers, follow, renew]);

  const items = useMemo(() => (feed.data ? feedItems(feed.data) : []), [feed.data]);
  const unseen = useMemo(
    () => (feed.data && head ? countNew(feed.data, head) : { count: 0, more: false }),
    [feed.data, head],
  );
  return {
    feed,
    items,
    unseen,
    showNewest: () => (head ? renew((data) => takeNewest(data, head)) : undefined),
    /** What the last two seconds' question failed with, while what is shown may be out of date. */
    staleBecause: fresh.find(({ isError }) => isError)?.error,
  };
}
