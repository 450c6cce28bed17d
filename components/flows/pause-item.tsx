"use client";

import { Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { type FlowSummary, type FlowView, resumeFlow } from "#lib/api/flows.ts";

/** In a flow's menu: pause it (asked about in a `PauseDialog`), or let it run again. Nothing for a flow that is off. */
export function PauseItem(props: {
  flow: Pick<FlowSummary, "id" | "name" | "on" | "paused">;
  onPause: () => void;
  onResumed?: (flow: FlowView) => void;
}) {
  const { flow, onPause, onResumed } = props;
  const kept = flow.paused?.waiting ?? 0;
  const resume = useAction({
    run: () => call(resumeFlow, { params: { id: flow.id } }),
    failed: `“${flow.name}” is still paused`,
    done:
      kept === 0
        ? "The flow runs again."
        : `The flow runs again; ${kept === 1 ? "the event" : `the ${kept} events`} it kept come first.`,
    onDone: (view) => onResumed?.(view),
  });
  if (flow.paused) {
    return (
      <Menu.Item
        leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
        onClick={() => resume.mutate(undefined)}
      >
        {kept > 0 ? `Resume (${kept} waiting)` : "Resume"}
      </Menu.Item>
    );
  }
  if (!flow.on) return null;
  return (
    <Menu.Item leftSection={<IconPlayerPause size={15} aria-hidden="true" />} onClick={onPause}>
      Pause and keep events
    </Menu.Item>
  );
}
