"use client";

import { Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { FlowSummary, FlowView } from "#lib/api/flows.ts";
import { useResume } from "./use-resume.ts";

/** Whether resuming needs a word before: it approves what Flowdeck itself stopped, or lets events overtake each other. */
function asksToResume({ kind, waiting, inOrder }: NonNullable<FlowSummary["paused"]>): boolean {
  return kind !== "person" || (waiting > 1 && !inOrder);
}

/**
 * In a flow's menu: pause it (asked about in a `PauseDialog`), or let it run again, which is asked about in a
 * `ResumeDialog` where that approves something or events it kept may overtake each other. Nothing for a flow that is off.
 */
export function PauseItem(props: {
  flow: Pick<FlowSummary, "id" | "name" | "on" | "paused">;
  onPause: () => void;
  onAskToResume: () => void;
  onResumed?: (flow: FlowView) => void;
}) {
  const { flow, onPause, onAskToResume, onResumed } = props;
  const kept = flow.paused?.waiting ?? 0;
  const resume = useResume(flow, (view) => onResumed?.(view));
  if (flow.paused) {
    const asks = asksToResume(flow.paused);
    return (
      <Menu.Item
        leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
        onClick={() => (asks ? onAskToResume() : resume.mutate(undefined))}
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
