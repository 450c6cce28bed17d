"use client";

import { Anchor, Space, Text } from "@mantine/core";
import Link from "next/link";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { FlowSummary, FlowView } from "#lib/api/flows.ts";
import { SETTING_CHOICES, SETTING_LABELS } from "#lib/flow/settings.ts";
import { useResume } from "./use-resume.ts";

/**
 * Asks before a flow that kept several events is resumed and does not run those about one person in order: they begin in
 * order, many at once, and the last one to write need not be the last one that happened.
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
  const kept = flow.paused?.waiting ?? 0;
  return (
    <Dialog onClose={onClose} title={`Resume “${flow.name}”?`}>
      <Text size="sm">
        {kept} events wait. They begin in their order, but many run at once: those about one person may
        overtake each other.
      </Text>
      <Space h="sm" />
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
