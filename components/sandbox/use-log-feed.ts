"use client";

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type AnswerOf, call, queryKey } from "#lib/api/client.ts";
import { listSandboxLog } from "#lib/api/sandbox.ts";

type Page = AnswerOf<typeof listSandboxLog>;
export type LogLine = Page["events"][number];

const EVERY_MS = 3_000;

/**
 * The System Log newest first, live while `live`: at the top of the list. Further down nothing is asked again, so that
 * lines stay where they are; coming back to the top forgets the older pages instead of asking for all of them.
 */
export function useLogFeed(filter: { text: string; type?: string }, live: boolean) {
  const { text, type } = filter;
  const client = useQueryClient();
  const key = useMemo(() => [...queryKey(listSandboxLog), text, type ?? ""], [text, type]);
  const feed = useInfiniteQuery<Page, Error, InfiniteData<Page, number | null>, unknown[], number | null>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      call(listSandboxLog, { query: { text, type, before: pageParam ?? undefined, limit: 100 }, signal }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    refetchInterval: live ? EVERY_MS : false,
  });
  useEffect(() => {
    if (!live) return;
    client.setQueryData<InfiniteData<Page, number | null>>(key, (data) =>
      data && data.pages.length > 1
        ? { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) }
        : data,
    );
  }, [client, key, live]);
  const lines = useMemo(() => feed.data?.pages.flatMap(({ events }) => events) ?? [], [feed.data]);
  return { feed, lines };
}
