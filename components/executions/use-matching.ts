"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queryKey } from "#lib/api/client.ts";
import { matchingExecutions } from "#lib/api/executions.ts";
import { type ExecutionFilters, filterQuery } from "./execution-filters.ts";

/**
 * How many executions there are for an action on all that match. The filter ends at the moment it is asked first: what
 * arrives while somebody reads the question does not change its number.
 */
export function useMatching(filters: ExecutionFilters) {
  const [filter] = useState(() => {
    const now = Date.now();
    const query = filterQuery(filters, now);
    return { ...query, until: query.until ?? new Date(now).toISOString() };
  });
  const matching = useQuery({
    queryKey: queryKey(matchingExecutions, { query: filter }),
    queryFn: ({ signal }) => call(matchingExecutions, { query: filter, signal }),
  });
  return { filter, matching };
}
