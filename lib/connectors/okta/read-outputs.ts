import type { Field, Fields, OutputValues, TypedFields } from "../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";

/**
 * The outputs a card declares, read from an answer of Okta by their keys. Okta adds properties at any time and leaves
 * out others, so this neither refuses what is unknown nor trusts a type: what is missing or of another type is null
 * (inside objects: absent). Children that are not declared pass only where the object grows (custom attributes).
 */
export function readOutputs<F extends TypedFields>(fields: F, source: Json): OutputValues<F> {
  // Each value is read by its own field; the compiler can't follow that through Object.entries.
  return readSample(fields, source) as OutputValues<F>;
}

/** The same as plain JSON, for the samples of cards. */
export function readSample(fields: Fields, source: Json): JsonObject {
  const object = isJsonObject(source) ? source : {};
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, readValue(object[key], field) ?? null]),
  );
}

/** The items of a list answer, each read by the same fields; what is no object is left out. */
export function readItems<F extends TypedFields>(fields: F, items: readonly Json[]): JsonObject[] {
  return items.filter(isJsonObject).map((item) => readChildren(item, { type: "object", label: "", fields }));
}

function readValue(value: Json | undefined, field: Field): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (!field.list) return readOne(value, field);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => readOne(item, field)).filter((item) => item !== undefined);
}

function readOne(value: Json, field: Field): Json | undefined {
  if (value === null) return undefined;
  switch (field.type) {
    case "any":
      return value;
    case "object":
      return isJsonObject(value) ? readChildren(value, field) : undefined;
    case "number":
      return typeof value === "number" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "datetime":
      return readTime(value);
    case "text":
    case "file":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

function readTime(value: Json): string | undefined {
  if (typeof value !== "string") return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function readChildren(object: JsonObject, field: Field): JsonObject {
  const declared = field.fields;
  if (!declared) return object;
  const result: JsonObject = {};
  for (const [key, child] of Object.entries(declared)) {
    const value = readValue(object[key], child);
    if (value !== undefined) result[key] = value;
  }
  if (field.grows === undefined) return result;
  for (const [key, value] of Object.entries(object)) {
    if (!Object.hasOwn(declared, key) && value !== null) result[key] = value;
  }
  return result;
}
