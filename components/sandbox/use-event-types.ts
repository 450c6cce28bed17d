"use client";

import { useQuery } from "@tanstack/react-query";
import { call, queryKey } from "#lib/api/client.ts";
import { listSandboxEventTypes } from "#lib/api/sandbox.ts";

/** The event types hooks can receive; empty until they are loaded. They change only with a release. */
export function useEventTypes(): string[] {
  const { data } = useQuery({
    queryKey: queryKey(listSandboxEventTypes),
    queryFn: ({ signal }) => call(listSandboxEventTypes, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.eventTypes ?? [];
}
