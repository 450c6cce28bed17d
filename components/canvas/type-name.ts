import type { Field, FieldType } from "#lib/cards/field.ts";

const NAMES: Record<FieldType, string> = {
  text: "Text",
  number: "Number",
  boolean: "True/False",
  datetime: "Date & time",
  object: "Object",
  file: "File",
  any: "Any",
};

/** A field's type as it stands beside its label: "Text", "List of Text". */
export function typeName(field: Pick<Field, "type" | "list">): string {
  return field.list ? `List of ${NAMES[field.type]}` : NAMES[field.type];
}
