import type { Choice, Field, FieldType } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";

const TYPES: Record<string, FieldType> = {
  string: "text",
  boolean: "boolean",
  number: "number",
  integer: "number",
};

/**
 * The field of one attribute of a profile schema (user or application), undefined for a type Okta adds later: nothing is
 * lost, the raw body has the attribute. Never required, see `customProfileFields`.
 * @param needed a sentence for the help where Okta wants the attribute for something new
 */
export function attributeField(key: string, property: JsonObject, needed: string): Field | undefined {
  const list = property.type === "array";
  const of = list ? childObject(property, "items") : property;
  const type = TYPES[typeof of.type === "string" ? of.type : ""];
  if (!type) return undefined;
  const label = typeof property.title === "string" && property.title ? property.title : key;
  const help = [
    typeof property.description === "string" ? asSentence(property.description) : "",
    needed,
    property.mutability === "READ_ONLY" ? "Can only be read." : "",
  ].filter(Boolean);
  const made: Field = { type, label };
  if (list) made.list = true;
  if (help.length > 0) made.help = help.join(" ");
  const choices = type === "text" ? choicesOf(of) : [];
  if (choices.length > 0) made.choices = choices;
  return made;
}

/** The object at a key, an empty one where there is none. */
export function childObject(of: Json | undefined, key: string): JsonObject {
  const value = isJsonObject(of) ? of[key] : undefined;
  return isJsonObject(value) ? value : {};
}

/** Admins write descriptions with or without a full stop; more sentences follow. */
function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `oneOf` has a title per value, `enum` the values only; Okta sends both for attributes with a list of values. */
function choicesOf(property: JsonObject): Choice[] {
  const titled = Array.isArray(property.oneOf) ? property.oneOf.filter(isJsonObject) : [];
  if (titled.length > 0) {
    return titled.flatMap(({ const: value, title }) =>
      typeof value === "string" ? [{ value, label: typeof title === "string" ? title : value }] : [],
    );
  }
  const values = Array.isArray(property.enum) ? property.enum : [];
  return values.flatMap((value) => (typeof value === "string" ? [{ value, label: value }] : []));
}
