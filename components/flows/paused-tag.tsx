import { Tooltip, UnstyledButton } from "@mantine/core";
import { Tag } from "#components/ui/tag.tsx";
import type { FlowSummary, PauseKind } from "#lib/api/flows.ts";

const WORDS: Record<PauseKind, string> = {
  person: "Paused",
  quarantine: "In quarantine",
  writes: "Paused: too many writes",
};

/**
 * That a flow keeps its events back, how many by now, and why; nothing while it runs. With `onResume` it is a button that
 * leads to the question whether the flow is to run again.
 */
export function PausedTag({ paused, onResume }: Pick<FlowSummary, "paused"> & { onResume?: () => void }) {
  if (!paused) return null;
  const { kind, reason, waiting } = paused;
  const kept = waiting === 0 ? "" : ` · ${waiting} waiting`;
  const tag = <Tag tone={kind === "person" ? "warning" : "bad"}>{`${WORDS[kind]}${kept}`}</Tag>;
  return (
    <Tooltip
      label={reason}
      multiline
      maw={360}
      style={{ overflowWrap: "anywhere" }}
      events={{ hover: true, focus: true, touch: true }}
    >
      {onResume ? (
        <UnstyledButton title={reason} aria-label={`${WORDS[kind]}${kept}: resume`} onClick={onResume}>
          {tag}
        </UnstyledButton>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is in the tooltip, which the keyboard must reach
        <span tabIndex={0} title={reason}>
          {tag}
        </span>
      )}
    </Tooltip>
  );
}
