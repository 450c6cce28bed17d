"use client";

import { Anchor, Space, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { FlowSummary, FlowView } from "#lib/api/flows.ts";
import { SETTING_CHOICES, SETTING_LABELS } from "#lib/flow/settings.ts";
import { useResume } from "./use-resume.ts";

const OVERTAKING =
  "They begin in their order, but many run at once: those about one person may overtake each other.";

/**
 * Asks before a flow is resumed: says why it was paused where Flowdeck itself did it, for resuming is the approval, and how
 * many executions wait. Where several do and those about one person are not run in order, the last one to write need not
 * be about the last event that happened.
 */
export function ResumeDialog(props: {
  flow: Pick<FlowSummary, "id" | "name" | "paused">;
  onClose: () => void;
  onResumed?: (flow: FlowView) => void;
  /** Opens the flow's settings; without it there is a link to the flow, which has them. */
  onSettings?: () => void;
}) {
  const { flow, onClose, onResumed, onSettings } = props;
  const resume = useResume(flow, (view) => {
    onResumed?.(view);
    onClose();
  });
  const { kind = "person", reason = "", waiting = 0, inOrder = false } = flow.paused ?? {};
  const what = kind === "person" ? "event" : "execution";
  return (
    <Dialog onClose={onClose} title={`Resume “${flow.name}”?`}>
      <Stack gap="sm">
        {kind === "person" ? null : <Text size="sm">{reason}</Text>}
        <Text size="sm">
          {waiting === 0
            ? `No ${what} waits.`
            : waiting === 1
              ? `1 ${what} waits.`
              : `${waiting.toLocaleString("en")} ${what}s wait. `}
          {waiting > 1 && (inOrder ? "They begin in their order." : OVERTAKING)}
        </Text>
        {waiting > 0 && kind !== "person" ? (
          <Anchor component={Link} href={`/executions?flow=${flow.id}&status=waiting`} size="sm">
            Look at what waits
          </Anchor>
        ) : null}
        {waiting > 1 && !inOrder ? (
          <Text size="sm">
            Where that matters, set {SETTING_LABELS.order} to “{SETTING_CHOICES["per-user"]}” in the{" "}
            {onSettings ? (
              <Anchor component="button" type="button" size="sm" onClick={onSettings}>
                flow settings
              </Anchor>
            ) : (
              <Anchor component={Link} href={`/flows/${flow.id}`} size="sm">
                settings of the flow
              </Anchor>
            )}{" "}
            and publish it before you resume.
          </Text>
        ) : null}
      </Stack>
      <Space h="lg" />
      <DialogButtons
        cancel="Go back"
        onCancel={onClose}
        confirm="Resume"
        busy={resume.isPending}
        onConfirm={() => resume.mutate(undefined)}
      />
    </Dialog>
  );
}
