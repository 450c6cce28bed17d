import { Text, Tooltip } from "@mantine/core";
import { Tag } from "#components/ui/tag.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";

/** The version that ran, or that somebody tried the draft. */
export function VersionBadge({ execution: { mode, version } }: { execution: ExecutionSummary }) {
  if (mode === "test") {
    const what = version === null ? "the draft" : `version ${version}`;
    return (
      <Tooltip label={`Somebody tried ${what}; no event arrived.`}>
        <span>
          <Tag tone="info">Test</Tag>
        </span>
      </Tooltip>
    );
  }
  if (mode === "manual") {
    return (
      <Tooltip label="Somebody ran this card by hand; no event arrived.">
        <span>
          <Tag tone="info">By hand</Tag>
        </span>
      </Tooltip>
    );
  }
  if (mode === "plan") {
    return (
      <Tooltip label="Real reads; what it would write was listed and not sent.">
        <span>
          <Tag tone="info">Plan</Tag>
        </span>
      </Tooltip>
    );
  }
  if (mode === "replay") {
    const what = version === null ? "the draft" : `version ${version}`;
    return (
      <Tooltip label={`Somebody ran ${what} again for an event that arrived before.`}>
        <span>
          <Tag tone="info">Replay</Tag>
        </span>
      </Tooltip>
    );
  }
  return (
    <Text size="sm" component="span">
      {version === null ? "–" : `v${version}`}
    </Text>
  );
}
