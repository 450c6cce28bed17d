"use client";

import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { type FlowSummary, type FlowView, resumeFlow } from "#lib/api/flows.ts";

/** Lets a paused flow run again, and says how many events it kept. */
export function useResume(
  flow: Pick<FlowSummary, "id" | "name" | "paused">,
  onResumed: (flow: FlowView) => void,
) {
  const kept = flow.paused?.waiting ?? 0;
  return useAction({
    run: () => call(resumeFlow, { params: { id: flow.id } }),
    failed: `“${flow.name}” is still paused`,
    done:
      kept === 0
        ? "The flow runs again."
        : `The flow runs again; ${kept === 1 ? "the event" : `the ${kept} events`} it kept come first.`,
    onDone: onResumed,
  });
}
