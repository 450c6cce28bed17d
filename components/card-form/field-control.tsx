import type { ComponentType } from "react";
import type { Field } from "#lib/cards/field.ts";
import { BooleanControl } from "./boolean-control.tsx";
import { ChoicesControl } from "./choices-control.tsx";
import { DatetimeControl } from "./datetime-control.tsx";
import type { ControlProps } from "./form-context.ts";
import { JsonControl } from "./json-control.tsx";
import { ListControl } from "./list-control.tsx";
import { MappedControl } from "./mapped-control.tsx";
import { NumberControl } from "./number-control.tsx";
import { ObjectControl } from "./object-control.tsx";
import { PickerControl } from "./picker-control.tsx";
import { SecretControl } from "./secret-control.tsx";
import { TextControl } from "./text-control.tsx";

export type ControlKind =
  | "text"
  | "number"
  | "boolean"
  | "datetime"
  | "choices"
  | "picker"
  | "secret"
  | "list"
  | "object"
  | "json";

/** One control per kind of field; a kind without one does not compile. */
const CONTROLS: Record<ControlKind, ComponentType<ControlProps>> = {
  text: TextControl,
  number: NumberControl,
  boolean: BooleanControl,
  datetime: DatetimeControl,
  choices: ChoicesControl,
  picker: PickerControl,
  secret: SecretControl,
  list: ListControl,
  object: ObjectControl,
  json: JsonControl,
};

/** The control that fits a field and what it is filled with. */
export function FieldControl(props: ControlProps) {
  const kind = controlKind(props.field);
  const { value } = props;
  // Texts show a reference among what is typed; everything else is either mapped or filled in.
  if (value && kind !== "text" && kind !== "picker") {
    if ("ref" in value) return <MappedControl {...props} />;
    if ("text" in value) return <TextControl {...props} />;
  }
  const Control = CONTROLS[kind];
  return <Control {...props} />;
}

/** Which control edits a field. */
export function controlKind(field: Field): ControlKind {
  if (field.list) return field.type === "any" ? "json" : "list";
  if (field.secret) return "secret";
  if (field.choices) return "choices";
  if (field.picker) return "picker";
  switch (field.type) {
    case "number":
    case "boolean":
    case "datetime":
      return field.type;
    case "object":
      return field.fields && Object.keys(field.fields).length > 0 ? "object" : "json";
    default:
      return "text";
  }
}
