"use client";

import { useQuery } from "@tanstack/react-query";
import type { Backlog } from "#lib/api/backlog.ts";
import { getBacklog } from "#lib/api/backlog.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { isWorthTelling } from "./backlog-text.ts";

const EVERY_MS = 3_000;

/**
 * The backlog where it is worth telling of, renewed while there is one. Without one nothing is asked until executions are
 * seen to wait; a hidden browser tab asks nothing.
 *
 * @param waitingSeen whether some of the executions in the list have not begun or wait
 */
export function useBacklog(flowId: string | undefined, waitingSeen: boolean): Backlog | undefined {
  const query = { flowId };
  const { data } = useQuery({
    queryKey: queryKey(getBacklog, { query }),
    queryFn: ({ signal }) => call(getBacklog, { query, signal }),
    refetchInterval: ({ state }) => {
      const there = state.data !== undefined && isWorthTelling(state.data);
      return there || waitingSeen ? EVERY_MS : false;
    },
  });
  return data && isWorthTelling(data) ? data : undefined;
}
