import { Box, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ONLY_LOOKING } from "#components/accounts/may.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { readWholeNumber, WholeNumberInput } from "#components/ui/whole-number-input.tsx";
import {
  DEFAULT_KEEP_DAYS,
  DEFAULT_RUNS_PER_USER,
  type FlowSettings,
  flowSettingsSchema,
  LARGEST_OUTPUTS_KB,
  SETTING_CHOICES,
  SETTING_LABELS,
} from "#lib/flow/settings.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** Edits how the flow as a whole runs. Part of the draft: what is set here counts from the next publish on. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { editor, readOnly } = useBuilder();
  const saved = useEditorState((state) => state.document.settings);
  return (
    <Dialog onClose={onClose} size="md" title="Flow settings">
      <SettingsForm
        settings={saved ?? {}}
        readOnly={readOnly}
        onCancel={onClose}
        onSave={(settings) => {
          editor.edit({ op: "setSettings", settings });
          onClose();
        }}
      />
    </Dialog>
  );
}

const NUMBERS = [
  "concurrency",
  "writesPerExecution",
  "writesPerHour",
  "runsPerUser",
  "keepDays",
  "largestOutputs",
] as const;
type NumberKey = (typeof NUMBERS)[number];

interface NumberSetting {
  key: NumberKey;
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
    help: "Over all executions of this flow, counted from when this is set, refused ones too. Then the flow is paused until somebody resumes it.",
    empty: "No limit",
  },
  {
    key: "runsPerUser",
    help: "Of those its own changes may have started. Further ones fail as a loop.",
    empty: `${DEFAULT_RUNS_PER_USER}`,
  },
];

const KEPT: readonly NumberSetting[] = [
  { key: "keepDays", help: "After that, executions are deleted.", empty: `${DEFAULT_KEEP_DAYS}` },
  {
    key: "largestOutputs",
    help: "A step with more fails and keeps none of them, the event card too. 1,000 KB are 1 MB.",
    empty: LARGEST_OUTPUTS_KB.toLocaleString("en"),
  },
];

const ORDER_HELP = {
  any: "Executions begin as their events come in; a younger event about a person can be done before an older one.",
  "per-user":
    "An older event about a person is never overtaken by a younger one. One that arrives late runs next, marked as late; one that needs attention holds up the others about its person.",
};

/** What the schema allows; a setting left empty is not set. */
function takenBy(key: NumberKey) {
  const { minValue, maxValue } = flowSettingsSchema.shape[key].unwrap();
  return { min: minValue ?? 1, max: maxValue ?? Number.MAX_SAFE_INTEGER, optional: true };
}

/** The form alone. What is left empty is not set, so that the default counts. */
export function SettingsForm(props: {
  settings: FlowSettings;
  onSave: (settings: FlowSettings) => void;
  onCancel: () => void;
  readOnly?: boolean;
}) {
  const { readOnly = false } = props;
  const [choices, setChoices] = useState({ order: props.settings.order, keep: props.settings.keep });
  const [typed, setTyped] = useState<Partial<Record<NumberKey, string>>>(() =>
    Object.fromEntries(NUMBERS.map((key) => [key, `${props.settings[key] ?? ""}`])),
  );
  const set = (change: Partial<typeof choices>) => setChoices((before) => ({ ...before, ...change }));
  const reads = NUMBERS.map((key) => ({ key, ...readWholeNumber(typed[key] ?? "", takenBy(key)) }));
  const wrong = reads.filter(({ problem }) => problem !== undefined);
  const number = ({ key, help, empty }: NumberSetting) => (
    <WholeNumberInput
      key={key}
      size="xs"
      label={SETTING_LABELS[key]}
      description={help}
      placeholder={empty}
      takes={takenBy(key)}
      typed={typed[key] ?? ""}
      readOnly={readOnly}
      onType={(next) => setTyped((before) => ({ ...before, [key]: next }))}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length > 0) return;
        const numbers = Object.fromEntries(reads.map(({ key, value }) => [key, value]));
        props.onSave(flowSettingsSchema.parse(without({ ...choices, ...numbers })));
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          {readOnly ? ONLY_LOOKING : "Changes belong to the draft; they count once it is published."}
        </Text>
        <h3 className={classes.formTitle}>Running</h3>
        {RUNNING.map(number)}
        <Select
          size="xs"
          label={SETTING_LABELS.order}
          description={ORDER_HELP[choices.order ?? "any"]}
          allowDeselect={false}
          readOnly={readOnly}
          data={[
            { value: "any", label: SETTING_CHOICES.any },
            { value: "per-user", label: SETTING_CHOICES["per-user"] },
          ]}
          value={choices.order ?? "any"}
          onChange={(next) => set({ order: next === "per-user" ? next : undefined })}
        />
        <h3 className={classes.formTitle}>Limits</h3>
        {LIMITS.map(number)}
        <h3 className={classes.formTitle}>History</h3>
        <Select
          size="xs"
          label={SETTING_LABELS.keep}
          description="That an execution happened, and how it ended, is kept in any case. Of its event only the type and time are shown then; the event itself stays a day, so that it can be run again, and longer where another flow keeps it."
          allowDeselect={false}
          readOnly={readOnly}
          data={[
            { value: "always", label: SETTING_CHOICES.always },
            { value: "on-failure", label: SETTING_CHOICES["on-failure"] },
            { value: "never", label: SETTING_CHOICES.never },
          ]}
          value={choices.keep ?? "always"}
          onChange={(next) => set({ keep: next === "on-failure" || next === "never" ? next : undefined })}
        />
        {KEPT.map(number)}
      </Stack>
      {readOnly ? null : (
        <Box className={classes.dialogFoot}>
          {wrong.length > 0 ? (
            <Text size="sm" c="red" role="alert">
              Not yet right: {wrong.map(({ key }) => SETTING_LABELS[key]).join(", ")}.
            </Text>
          ) : null}
          <DialogButtons
            confirm="Save settings"
            busy={false}
            disabled={wrong.length > 0}
            onCancel={props.onCancel}
          />
        </Box>
      )}
    </form>
  );
}

/** The settings that are set. */
function without(settings: FlowSettings): FlowSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
