import { isDeepStrictEqual } from "node:util";
import { convertFields } from "#lib/cards/convert.ts";
import type { Fields } from "#lib/cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";

/**
 * How outputs differ from what the card declares: each declared one is there, each is of its type as it stands, and there
 * is no other. What an option switches off may be there as null.
 */
export function outputProblems(outputs: JsonObject, fields: Fields): string[] {
  const missing = Object.keys(fields).filter((key) => !Object.hasOwn(outputs, key));
  if (missing.length > 0) return [`does not give ${missing.join(", ")}`];
  const given = filled(outputs);
  const parsed = convertFields(given, fields);
  if (!parsed.ok) return parsed.problems.map(({ path, message }) => `gives ${path.join(".")}: ${message}`);
  // Conversion is kind ("200" passes for a number): it must have had nothing to do.
  const kept = isJsonObject(parsed.value) ? parsed.value : {};
  return Object.keys(given)
    .filter((key) => !isDeepStrictEqual(given[key], filledValue(kept[key] ?? null)))
    .map((key) => `gives ${key} as another type than it declares`);
}

/** Without what conversion takes for "not given": null and empty texts, however deep. */
function filled(object: JsonObject): JsonObject {
  const entries = Object.entries(object).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(entries.map(([key, value]) => [key, filledValue(value)]));
}

function filledValue(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== "").map(filledValue);
  return isJsonObject(value) ? filled(value) : value;
}
