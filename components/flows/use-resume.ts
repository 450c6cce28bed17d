"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useAction } from "#components/feedback/use-action.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { type FlowSummary, type FlowView, listFlows, resumeFlow } from "#lib/api/flows.ts";

/** Lets a paused flow run again, and says how many events it kept. */
export function useResume(
  flow: Pick<FlowSummary, "id" | "name" | "paused">,
  onResumed: (flow: FlowView) => void,
) {
  const client = useQueryClient();
  const kept = flow.paused?.waiting ?? 0;
  return useAction({
    run: () => call(resumeFlow, { params: { id: flow.id } }),
    failed: `“${flow.name}” is still paused`,
    done:
      kept === 0
        ? "The flow runs again."
        : `The flow runs again; ${kept === 1 ? "the event" : `the ${kept} events`} it kept come first.`,
    onDone: (view) => {
      // The badge must not say "Paused" beside the message until the list is asked again.
      client.setQueryData<{ flows: FlowSummary[] }>(
        queryKey(listFlows),
        (list) =>
          list && {
            ...list,
            flows: list.flows.map((each) => (each.id === view.id ? { ...each, paused: view.paused } : each)),
          },
      );
      onResumed(view);
    },
  });
}
