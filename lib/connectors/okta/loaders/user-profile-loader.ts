import { defineFieldLoader } from "../../../cards/connector.ts";
import type { Choice, Field, Fields, FieldType } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { USER_PROFILE_LOADER } from "../profile-fields.ts";

const TYPES: Record<string, FieldType> = {
  string: "text",
  boolean: "boolean",
  number: "number",
  integer: "number",
};

/** The attributes an org added to its user profile. The 31 that every org has stand in the cards themselves. */
export const userProfileLoader = defineFieldLoader({
  id: USER_PROFILE_LOADER,
  connector: okta,
  load: async ({ client }) => {
    const { body } = await client.request({ method: "GET", path: "/api/v1/meta/schemas/user/default" });
    return customProfileFields(body);
  },
});

/**
 * Fields from the custom half of a user schema. Never required: the same fields stand in Update User, where an attribute
 * that is left empty stays as it is; that Okta wants it for a new user is said in the help.
 */
export function customProfileFields(schema: Json): Fields {
  const definitions = child(schema, "definitions");
  const custom = child(definitions, "custom");
  const needed = Array.isArray(custom.required) ? custom.required : [];
  const fields: Fields = {};
  for (const [key, property] of Object.entries(child(custom, "properties"))) {
    if (!isJsonObject(property)) continue;
    const isNeeded = needed.includes(key) || property.required === true;
    const made = attributeField(key, property, isNeeded);
    if (made) fields[key] = made;
  }
  return fields;
}

function attributeField(key: string, property: JsonObject, isNeeded: boolean): Field | undefined {
  const list = property.type === "array";
  const of = list ? child(property, "items") : property;
  const type = TYPES[typeof of.type === "string" ? of.type : ""];
  // A type Okta adds later: nothing is lost, the raw body has the attribute.
  if (!type) return undefined;
  const label = typeof property.title === "string" && property.title ? property.title : key;
  const help = [
    typeof property.description === "string" ? asSentence(property.description) : "",
    isNeeded ? "Required for a new user." : "",
    property.mutability === "READ_ONLY" ? "Can only be read." : "",
  ].filter(Boolean);
  const made: Field = { type, label };
  if (list) made.list = true;
  if (help.length > 0) made.help = help.join(" ");
  const choices = type === "text" ? choicesOf(of) : [];
  if (choices.length > 0) made.choices = choices;
  return made;
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

function child(of: Json | undefined, key: string): JsonObject {
  const value = isJsonObject(of) ? of[key] : undefined;
  return isJsonObject(value) ? value : {};
}
