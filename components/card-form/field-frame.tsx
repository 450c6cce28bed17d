import { Input } from "@mantine/core";
import type { ReactNode } from "react";
import type { Field } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import classes from "./card-form.module.css";
import { controlId, useIssue } from "./form-context.ts";

/** Label, help and issue around a control. */
export function FieldFrame(props: {
  field: Field;
  path: string[];
  value: Value | undefined;
  children: ReactNode;
  /** Under the control: what a mapping does to the value, who an id stands for. */
  note?: ReactNode;
  /** Beside the label. */
  aside?: ReactNode;
  /** For controls of several elements: the label names the group instead of one of them. */
  group?: boolean;
}) {
  const { field, path, value, note } = props;
  const issue = useIssue(path);
  const id = controlId(path);
  const hint = value === undefined && field.emptyMeans ? `Left empty: ${field.emptyMeans}` : undefined;
  return (
    <div className={classes.field} data-field={path.join("/")}>
      <div className={classes.labelLine}>
        <Input.Label
          htmlFor={props.group ? undefined : id}
          id={`${id}-label`}
          labelElement={props.group ? "div" : "label"}
          required={field.required}
          size="xs"
        >
          {field.label}
        </Input.Label>
        {props.aside}
      </div>
      {field.help ? <Input.Description id={`${id}-help`}>{field.help}</Input.Description> : null}
      {props.children}
      {note}
      {hint ? <div className={classes.hint}>{hint}</div> : null}
      {issue ? (
        <div className={classes.issue} data-severity={issue.severity} id={`${id}-issue`} role="note">
          {issue.message}
        </div>
      ) : null}
    </div>
  );
}

/** aria-describedby of a control: its help and its issue, where they are. */
export function describedBy(path: readonly string[], field: Field, hasIssue: boolean): string | undefined {
  const id = controlId(path);
  return (
    [field.help ? `${id}-help` : "", hasIssue ? `${id}-issue` : ""].filter(Boolean).join(" ") || undefined
  );
}
