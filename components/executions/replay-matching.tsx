"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ReplayDialog } from "#components/replay/replay-dialog.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listFlows } from "#lib/api/flows.ts";
import { type ExecutionFilters, filterQuery } from "./execution-filters.ts";

/** Asks about a replay of the events of all executions of one flow that match. */
export function ReplayMatching(props: { flowId: string; filters: ExecutionFilters; onClose: () => void }) {
  const { flowId, filters, onClose } = props;
  const [executions] = useState(() => {
    const now = Date.now();
    const query = filterQuery(filters, now);
    return { ...query, until: query.until ?? new Date(now).toISOString() };
  });
  const flows = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
  });
  const name = flows.data?.flows.find(({ id }) => id === flowId)?.name ?? "a flow";
  return (
    <ReplayDialog
      flow={{ id: flowId, name }}
      executions={executions}
      about="The events of the executions that match."
      onClose={onClose}
    />
  );
}
