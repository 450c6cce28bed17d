import type { Json } from "#lib/flow/json.ts";

/** Characters of a text shown before "Show all". */
export const SHOWN_CHARACTERS = 400;
/** Entries of a list or object shown before "Show all". */
export const SHOWN_ENTRIES = 50;

/** What kind of value this is, in a word or two; nothing where the value itself says it. */
export function kindOf(value: Json): string | undefined {
  if (Array.isArray(value)) return value.length === 1 ? "1 item" : `${value.length} items`;
  if (value === null) return undefined;
  if (typeof value === "object") {
    const count = Object.keys(value).length;
    return count === 1 ? "1 field" : `${count} fields`;
  }
  return undefined;
}

/** A scalar as it is shown. */
export function scalarText(value: string | number | boolean | null): string {
  if (value === null) return "empty";
  if (value === "") return "empty text";
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

/** A body of a request or answer, indented where it is JSON. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
