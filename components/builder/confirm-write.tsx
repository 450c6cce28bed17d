import { Stack, Text } from "@mantine/core";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { CardDescription } from "#lib/cards/card.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import type { Json, JsonObject } from "#lib/flow/json.ts";
import classes from "./builder.module.css";

/** Says what a test would really change, before it does. */
export function ConfirmWrite(props: {
  description: CardDescription;
  connection: string | undefined;
  fields: Fields;
  inputs: JsonObject;
  onCancel: () => void;
  onConfirm: () => void;
}) {
  const { description, connection, fields, inputs } = props;
  return (
    <Dialog onClose={props.onCancel} title={`“${description.title}” really changes something`}>
      <Stack gap="sm">
        <Text size="sm">
          This test makes a real call{connection ? ` in “${connection}”` : ""}. It can't be undone from here.
        </Text>
        {description.endpoint ? <pre className={classes.code}>{description.endpoint}</pre> : null}
        <ul className={classes.changes}>
          {Object.entries(inputs).map(([key, value]) => (
            <li key={key}>
              {fields[key]?.label ?? key}: {shown(value, fields[key])}
            </li>
          ))}
        </ul>
        <DialogButtons
          danger
          confirm="Make this change"
          busy={false}
          onCancel={props.onCancel}
          onConfirm={props.onConfirm}
        />
      </Stack>
    </Dialog>
  );
}

function shown(value: Json, field: Field | undefined): string {
  if (field?.secret) return "••••••";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value))
    return value.map((item) => shown(item, field && { ...field, list: false })).join(", ");
  return Object.entries(value)
    .map(([key, item]) => `${field?.fields?.[key]?.label ?? key}: ${shown(item, field?.fields?.[key])}`)
    .join("; ");
}
