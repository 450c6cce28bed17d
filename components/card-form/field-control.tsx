import type { ComponentType } from "react";
import type { Field } from "#lib/cards/field.ts";
import { BooleanControl, isBooleanText } from "./boolean-control.tsx";
import { ChoicesControl } from "./choices-control.tsx";
import { Clearable, ClearedControl, isCleared } from "./cleared-control.tsx";
import { DatetimeControl } from "./datetime-control.tsx";
import { EntriesControl } from "./entries-control.tsx";
import { type ControlProps, useForm } from "./form-context.ts";
import { JsonControl } from "./json-control.tsx";
import { ListControl } from "./list-control.tsx";
import { literalText } from "./literal-text.ts";
import { localInputOf } from "./local-time.ts";
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
  | "json"
  | "entries";

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
  entries: EntriesControl,
};

/** Filled in as a whole or mapped as a whole: no text can stand for a list or an object. */
const WHOLE: ReadonlySet<ControlKind> = new Set(["list", "object", "json", "entries"]);

/**
 * The control that fits a field and what it is filled with. Once a field of an earlier card is inserted, every single
 * value is a text with that field in it: a number of days as "{{days}}0", a date as "{{day}}T09:00:00Z".
 */
export function FieldControl(props: ControlProps) {
  const { readOnly } = useForm();
  const { field, value } = props;
  const kind = controlKind(field);
  if (isCleared(field, value)) return <ClearedControl {...props} />;
  if (field.clearable && !readOnly && value === undefined && kind !== "object") {
    return (
      <Clearable {...props}>
        <FilledControl {...props} />
      </Clearable>
    );
  }
  return <FilledControl {...props} />;
}

function FilledControl(props: ControlProps) {
  const { field, value } = props;
  const kind = controlKind(field);
  if (value && "text" in value) return <TextControl {...props} />;
  if (value && "ref" in value)
    return WHOLE.has(kind) ? <MappedControl {...props} /> : <TextControl {...props} />;
  const Control = unshowable(kind, literalText(value)) ? TextControl : CONTROLS[kind];
  return <Control {...props} />;
}

/** Words a control of its own kind would show as nothing, although they are there and the card would fail on them. */
function unshowable(kind: ControlKind, text: string): boolean {
  if (text === "") return false;
  if (kind === "boolean") return !isBooleanText(text);
  return kind === "datetime" && localInputOf(text) === "";
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
      if (field.entries && !field.fields) return "entries";
      return field.fields && Object.keys(field.fields).length > 0 ? "object" : "json";
    default:
      return "text";
  }
}
