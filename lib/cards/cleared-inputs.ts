import type { CardNode } from "../flow/document.ts";
import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import type { Value } from "../flow/value.ts";
import type { Field, Fields } from "./field.ts";

/**
 * The inputs a node empties on purpose, as null at their places: literal nulls in clearable fields. Only what stands in
 * the document counts. A null that a mapping brings along is a value nobody has, and must not blank anything.
 *
 * @param fields the effective ones
 */
export function clearedInputs(inputs: CardNode["inputs"], fields: Fields): JsonObject {
  return clearedIn(inputs ?? {}, (key) => (Object.hasOwn(fields, key) ? fields[key] : undefined));
}

/** Inputs with the cleared ones put back in as null: `convertFields` leaves out everything that is empty. */
export function withCleared(inputs: JsonObject, cleared: JsonObject): JsonObject {
  const result = { ...inputs };
  for (const [key, value] of Object.entries(cleared)) {
    const given = result[key];
    result[key] = isJsonObject(value) ? withCleared(isJsonObject(given) ? given : {}, value) : null;
  }
  return result;
}

function clearedIn(
  values: { [key: string]: Value },
  fieldOf: (key: string) => Field | undefined,
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, Json][] => {
      const field = fieldOf(key);
      const cleared = field && clearedValue(value, field);
      return cleared === undefined ? [] : [[key, cleared]];
    }),
  );
}

function clearedValue(value: Value, field: Field): Json | undefined {
  const literal = "value" in value ? value.value : undefined;
  const children = "object" in value ? value.object : isJsonObject(literal) ? literals(literal) : undefined;
  const declared = field.fields ?? (field.entries ? {} : undefined);
  if (field.type !== "object" || field.list || !declared) {
    return field.clearable && literal === null ? null : undefined;
  }
  if (!children) return undefined;
  // Attributes of the org that nobody has loaded yet are children all the same.
  const unknown: Field = { type: "any", label: "", clearable: field.clearable };
  const cleared = clearedIn(children, (key) => (Object.hasOwn(declared, key) ? declared[key] : unknown));
  return Object.keys(cleared).length > 0 ? cleared : undefined;
}

/** Plain JSON as the values of a document. */
export function literals(json: JsonObject): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, { value }]));
}
