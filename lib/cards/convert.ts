import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import type { Field, Fields } from "./field.ts";

/** A value that could not become what its field asks for. `path` leads from the field inward. */
export interface ConversionProblem {
  path: string[];
  code: "missing-input" | "wrong-type" | "not-a-choice" | "unknown-field";
  message: string;
}

export type Converted = { ok: true; value: Json | undefined } | { ok: false; problems: ConversionProblem[] };

/**
 * A value as its field's type, by the rules the builder shows next to a mapping: numbers and true/false become text and
 * back, a single value becomes a list of one, a list of one becomes its value, objects become JSON text. An empty value
 * (undefined, null, "", and an empty list where one value is asked for) means "not given": it stays out, so that an
 * update never blanks what nobody filled in. `conversionBetween` says the same about types, before there is a value.
 */
export function convert(value: Json | undefined, field: Field, path: string[] = []): Converted {
  if (isEmpty(value) || (Array.isArray(value) && value.length === 0 && !field.list && field.type !== "any")) {
    if (!field.required) return { ok: true, value: undefined };
    return problem(path, "missing-input", `${field.label} is required.`);
  }
  if (field.list) return convertList(value, field, path);
  if (Array.isArray(value) && field.type !== "any") {
    if (value.length === 1) return convert(value[0], field, path);
    if (field.type !== "text") {
      return problem(
        path,
        "wrong-type",
        `${field.label} takes ${typeName(field)}, not a list of ${value.length}.`,
      );
    }
  }
  return convertOne(value, field, path);
}

/** All fields of a card at once: the values `run` receives, or every problem there is. */
export function convertFields(
  values: JsonObject,
  fields: Fields,
  path: string[] = [],
  open = false,
): Converted {
  const result: JsonObject = {};
  const problems: ConversionProblem[] = [];
  for (const [key, field] of Object.entries(fields)) {
    // An own property only: a field called "toString" must not receive the function every object inherits.
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    const converted = convert(value, field, [...path, key]);
    if (!converted.ok) problems.push(...converted.problems);
    else if (converted.value !== undefined) result[key] = converted.value;
  }
  for (const key of Object.keys(values)) {
    if (Object.hasOwn(fields, key)) continue;
    const value = values[key];
    // Assigning "__proto__" would replace the result's prototype instead of adding a value.
    const known = open && key !== "__proto__";
    if (known && value !== undefined && !isEmpty(value)) result[key] = value;
    if (!known) {
      problems.push({
        path: [...path, key],
        code: "unknown-field",
        message: `This card has no field "${key}".`,
      });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: result };
}

function convertList(value: Json, field: Field, path: string[]): Converted {
  const items = Array.isArray(value) ? value : [value];
  const one: Field = { ...field, list: false, required: false };
  const result: Json[] = [];
  const problems: ConversionProblem[] = [];
  items.forEach((item, index) => {
    const converted = convert(item, one, [...path, String(index)]);
    if (!converted.ok) problems.push(...converted.problems);
    else if (converted.value !== undefined) result.push(converted.value);
  });
  if (problems.length > 0) return { ok: false, problems };
  if (field.required && result.length === 0)
    return problem(path, "missing-input", `${field.label} is required.`);
  return { ok: true, value: result };
}

function convertOne(value: Json, field: Field, path: string[]): Converted {
  const wrong = () =>
    problem(path, "wrong-type", `${field.label} takes ${typeName(field)}, but got ${shown(value, field)}.`);
  switch (field.type) {
    case "any":
      return { ok: true, value };
    case "file":
    case "text": {
      const text =
        typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
      if (field.choices && !field.choices.some((choice) => choice.value === text)) {
        const choices = field.choices.map((choice) => choice.value).join(", ");
        return problem(
          path,
          "not-a-choice",
          `${field.label} must be one of ${choices}, but is ${shown(value, field)}.`,
        );
      }
      return { ok: true, value: text };
    }
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? { ok: true, value: number } : wrong();
    }
    case "boolean": {
      if (typeof value === "boolean") return { ok: true, value };
      // Of an object, String() would call the "toString" it may have been sent with.
      const word = typeof value === "object" ? "" : String(value).trim().toLowerCase();
      if (word === "true" || word === "1" || word === "yes") return { ok: true, value: true };
      if (word === "false" || word === "0" || word === "no") return { ok: true, value: false };
      return wrong();
    }
    case "datetime": {
      const time = parseTime(value);
      // A year of more than four digits reads "+012026-…", which neither Okta nor this function takes back.
      const known = time && time.getTime() >= YEAR_0 && time.getTime() < YEAR_10000;
      return known ? { ok: true, value: time.toISOString() } : wrong();
    }
    case "object": {
      const object = typeof value === "string" ? parseObject(value) : value;
      if (!isJsonObject(object)) return wrong();
      if (!field.fields && !field.entries) return { ok: true, value: object };
      const open = field.grows !== undefined || field.entries === true;
      return convertFields(object, field.fields ?? {}, path, open);
    }
  }
}

const YEAR_0 = Date.parse("0000-01-01T00:00:00Z");
const YEAR_10000 = Date.parse("+010000-01-01T00:00:00Z");
const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
/** As in HTTP headers: "Sat, 21 Nov 2026 09:00:00 GMT". */
const HTTP_TIME = /^(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? GMT$/;

/**
 * A point in time from milliseconds since 1970 or from a text: ISO 8601 (without a zone: UTC) or as in HTTP headers.
 * Whatever else `new Date` takes is left out: it reads "5" as May 2001 and times without a zone by the server's zone.
 */
function parseTime(value: Json): Date | undefined {
  if (typeof value === "number") return new Date(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const iso = ISO_TIME.exec(text);
  if (!iso) return HTTP_TIME.test(text) ? new Date(text) : undefined;
  const [, year, month, day, zone] = iso;
  // Date.UTC rolls "30 February" over into March; a day that is not in its month is a mistake.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  return new Date(zone || text.length === 10 ? text : `${text}Z`);
}

function isEmpty(value: Json | undefined): value is undefined | null | "" {
  return value === undefined || value === null || value === "";
}

function parseObject(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function problem(path: string[], code: ConversionProblem["code"], message: string): Converted {
  return { ok: false, problems: [{ path, code, message }] };
}

function typeName(field: Field): string {
  const names = {
    text: "text",
    number: "a number",
    boolean: "true or false",
    datetime: "a date and time",
    object: "an object",
    file: "a file",
    any: "a value",
  };
  return names[field.type];
}

/** A value short enough for a message: never more than 60 characters of it, and nothing of a secret. */
function shown(value: Json, field: Field): string {
  if (field.secret) return "a secret value";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
