import { Tooltip } from "@mantine/core";
import { Tag } from "#components/ui/tag.tsx";
import type { FlowSummary, PauseKind } from "#lib/api/flows.ts";

const WORDS: Record<PauseKind, string> = {
  person: "Paused",
  quarantine: "In quarantine",
  writes: "Paused: too many writes",
};

/** That a flow keeps its events back, how many by now, and why; nothing while it runs. */
export function PausedTag({ paused }: Pick<FlowSummary, "paused">) {
  if (!paused) return null;
  const { kind, reason, waiting } = paused;
  const kept = waiting === 0 ? "" : ` · ${waiting} waiting`;
  return (
    <Tooltip
      label={reason}
      multiline
      maw={360}
      style={{ overflowWrap: "anywhere" }}
      events={{ hover: true, focus: true, touch: true }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is in the tooltip, which the keyboard must reach */}
      <span tabIndex={0} title={reason}>
        <Tag tone={kind === "person" ? "warning" : "bad"}>{`${WORDS[kind]}${kept}`}</Tag>
      </span>
    </Tooltip>
  );
}
