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
 * (undefined, null, "") means "not given": it stays out, so that an update never blanks what nobody filled in.
 */
export function convert(value: Json | undefined, field: Field, path: string[] = []): Converted {
  if (value === undefined || value === null || value === "") {
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
    const converted = convert(values[key], field, [...path, key]);
    if (!converted.ok) problems.push(...converted.problems);
    else if (converted.value !== undefined) result[key] = converted.value;
  }
  for (const key of Object.keys(values)) {
    if (Object.hasOwn(fields, key)) continue;
    const value = values[key];
    if (open && value !== undefined && value !== null && value !== "") result[key] = value;
    if (!open) {
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
    problem(path, "wrong-type", `${field.label} takes ${typeName(field)}, but got ${shown(value)}.`);
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
          `${field.label} must be one of ${choices}, but is ${shown(value)}.`,
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
      const word = String(value).trim().toLowerCase();
      if (word === "true" || word === "1" || word === "yes") return { ok: true, value: true };
      if (word === "false" || word === "0" || word === "no") return { ok: true, value: false };
      return wrong();
    }
    case "datetime": {
      const time = typeof value === "string" || typeof value === "number" ? new Date(value) : undefined;
      return time && !Number.isNaN(time.getTime()) ? { ok: true, value: time.toISOString() } : wrong();
    }
    case "object": {
      const object = typeof value === "string" ? parseObject(value) : value;
      if (!isJsonObject(object)) return wrong();
      if (!field.fields) return { ok: true, value: object };
      return convertFields(object, field.fields, path, field.grows !== undefined);
    }
  }
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

/** A value short enough for a message; never more than 60 characters of it. */
function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
