import { Stack, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { ChosenName } from "#components/card-form/chosen-name.tsx";
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
              {fields[key]?.label ?? key}: <Shown value={value} field={fields[key]} connection={connection} />
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

/** A value as people read it: secrets hidden, ids with the name behind them. */
function Shown(props: { value: Json; field: Field | undefined; connection: string | undefined }): ReactNode {
  const { value, field, connection } = props;
  if (field?.secret) return "••••••";
  if (typeof value === "string" && field?.picker && connection) {
    return <ChosenName connection={connection} loaderId={field.picker} value={value} />;
  }
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) {
    const item = field && { ...field, list: false };
    return value.map((each, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
      <Fragment key={index}>
        {index > 0 ? ", " : ""}
        <Shown value={each} field={item} connection={connection} />
      </Fragment>
    ));
  }
  return Object.entries(value).map(([key, each], index) => (
    <Fragment key={key}>
      {index > 0 ? "; " : ""}
      {field?.fields?.[key]?.label ?? key}:{" "}
      <Shown value={each} field={field?.fields?.[key]} connection={connection} />
    </Fragment>
  ));
}
