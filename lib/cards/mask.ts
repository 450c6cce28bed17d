import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import type { Field, Fields } from "./field.ts";
import { MASK, maskSecretKeys } from "./secret-keys.ts";

export { MASK } from "./secret-keys.ts";

/**
 * Values with those of secret fields masked, in objects and lists too. Takes values as they come, converted or not:
 * where an object with a secret child is expected and something else was given (a JSON text, say), all of it is masked.
 */
export function maskSecrets(values: JsonObject, fields: Fields): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      return [key, field ? masked(value, field) : value];
    }),
  );
}

function masked(value: Json, field: Field): Json {
  if (value === null || value === "") return value;
  if (field.secret) return Array.isArray(value) ? value.map((item) => masked(item, field)) : MASK;
  if (field.secretKeys) return maskSecretKeys(typeof value === "string" ? (parsed(value) ?? value) : value);
  if (!field.fields || !hasSecret(field.fields)) return value;
  if (Array.isArray(value)) return value.map((item) => masked(item, field));
  return isJsonObject(value) ? maskSecrets(value, field.fields) : MASK;
}

function hasSecret(fields: Fields): boolean {
  return Object.values(fields).some(
    (field) => field.secret || field.secretKeys || (field.fields && hasSecret(field.fields)),
  );
}

/** A body may be given as the text of its JSON. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
