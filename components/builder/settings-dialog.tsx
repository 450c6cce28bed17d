import { NumberInput, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import {
  DEFAULT_KEEP_DAYS,
  DEFAULT_RUNS_PER_USER,
  type FlowSettings,
  flowSettingsSchema,
  SETTING_LABELS,
} from "#lib/flow/settings.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** Edits how the flow as a whole runs. Part of the draft: what is set here counts from the next publish on. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { editor } = useBuilder();
  const saved = useEditorState((state) => state.document.settings);
  return (
    <Dialog onClose={onClose} size="md" title="Flow settings">
      <SettingsForm
        settings={saved ?? {}}
        onCancel={onClose}
        onSave={(settings) => {
          editor.edit({ op: "setSettings", settings });
          onClose();
        }}
      />
    </Dialog>
  );
}

interface NumberSetting {
  key: "concurrency" | "writesPerExecution" | "writesPerHour" | "runsPerUser" | "keepDays";
  help: string;
  /** What an empty field means. */
  empty: string;
}

const RUNNING: readonly NumberSetting[] = [
  {
    key: "concurrency",
    help: "From its beginning to its end, waits included. Further ones stand in line.",
    empty: "As many as there is room for",
  },
];

const LIMITS: readonly NumberSetting[] = [
  {
    key: "writesPerExecution",
    help: "Before the next change, the execution stops and asks whether it may go on.",
    empty: "No limit",
  },
  {
    key: "writesPerHour",
    help: "Over all executions of this flow. Then the flow is paused until somebody resumes it.",
    empty: "No limit",
  },
  {
    key: "runsPerUser",
    help: "Of those started by changes that came from here. Further ones are stopped as a loop.",
    empty: `${DEFAULT_RUNS_PER_USER}`,
  },
];

const KEPT: readonly NumberSetting[] = [
  { key: "keepDays", help: "After that, executions are deleted.", empty: `${DEFAULT_KEEP_DAYS}` },
];

/** The form alone. What is left empty is not set, so that the default counts. */
export function SettingsForm(props: {
  settings: FlowSettings;
  onSave: (settings: FlowSettings) => void;
  onCancel: () => void;
}) {
  const [settings, setSettings] = useState(props.settings);
  const [error, setError] = useState<string>();
  const set = (change: Partial<FlowSettings>) => setSettings((before) => without({ ...before, ...change }));
  const number = ({ key, help, empty }: NumberSetting) => (
    <NumberInput
      key={key}
      size="xs"
      label={SETTING_LABELS[key]}
      description={help}
      placeholder={empty}
      min={1}
      allowDecimal={false}
      allowNegative={false}
      value={settings[key] ?? ""}
      onChange={(next) => set({ [key]: typeof next === "number" ? next : undefined })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const read = flowSettingsSchema.safeParse(settings);
        if (read.success) props.onSave(read.data);
        else setError(problemOf(read.error.issues));
      }}
    >
      <Stack gap="sm">
        <Text size="sm">Changes belong to the draft; they count once it is published.</Text>
        <h3 className={classes.sectionTitle}>Running</h3>
        {RUNNING.map(number)}
        <Select
          size="xs"
          label={SETTING_LABELS.order}
          description="One after the other, an older event about a person is never overtaken by a younger one. One that arrives late runs next, marked as late; one that needs attention holds up the others about its person."
          allowDeselect={false}
          data={[
            { value: "any", label: "As events arrive" },
            { value: "per-user", label: "One after the other for each person" },
          ]}
          value={settings.order ?? "any"}
          onChange={(next) => set({ order: next === "per-user" ? next : undefined })}
        />
        <h3 className={classes.sectionTitle}>Limits</h3>
        {LIMITS.map(number)}
        <h3 className={classes.sectionTitle}>History</h3>
        <Select
          size="xs"
          label={SETTING_LABELS.keep}
          description="That an execution happened, and how it ended, is kept in any case."
          allowDeselect={false}
          data={[
            { value: "always", label: "Always" },
            { value: "on-failure", label: "Only of executions that failed" },
            { value: "never", label: "Never" },
          ]}
          value={settings.keep ?? "always"}
          onChange={(next) => set({ keep: next === "on-failure" || next === "never" ? next : undefined })}
        />
        {KEPT.map(number)}
        {error ? (
          <Text size="sm" c="red" role="alert">
            {error}
          </Text>
        ) : null}
        <DialogButtons confirm="Save settings" busy={false} onCancel={props.onCancel} />
      </Stack>
    </form>
  );
}

/** The settings that are set. */
function without(settings: FlowSettings): FlowSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function problemOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return issues
    .map(({ path: [key], message }) => {
      const label = Object.entries(SETTING_LABELS).find(([setting]) => setting === key)?.[1];
      return `${label ?? "A setting"}: ${message}.`;
    })
    .join(" ");
}
