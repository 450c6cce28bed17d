import { Tooltip } from "@mantine/core";
import { ONLY_LOOKING } from "#components/accounts/may.tsx";
import { Tag } from "#components/ui/tag.tsx";

/** Whether a flow is on, for who may not switch it: a switch that can't be moved hardly shows how it stands. */
export function OnTag({ on, label = on ? "On" : "Off" }: { on: boolean; label?: string }) {
  return (
    <Tooltip label={ONLY_LOOKING}>
      <span>
        <Tag tone={on ? "good" : undefined}>{label}</Tag>
      </span>
    </Tooltip>
  );
}
