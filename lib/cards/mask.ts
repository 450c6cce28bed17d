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

/**
 * Values without those that are masked: what was stored of an execution holds marks in place of its secrets, which must
 * not be sent as if they were the secrets themselves.
 */
export function withoutMasked(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, Json][] => {
      if (isMasked(value)) return [];
      return [[key, isJsonObject(value) ? withoutMasked(value) : value]];
    }),
  );
}

/** Whether a mark stands in place of a value, or anywhere in a list or a text of JSON. */
function isMasked(value: Json): boolean {
  if (typeof value === "string") return value.includes(MASK);
  return (
    Array.isArray(value) && value.some((item) => isMasked(item) || (isJsonObject(item) && hasMask(item)))
  );
}

/** Whether a mark stands anywhere in values. */
export function hasMask(values: JsonObject): boolean {
  return Object.values(values).some((value) => isMasked(value) || (isJsonObject(value) && hasMask(value)));
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
