import type { Json } from "#lib/flow/json.ts";

/**
 * JSON text PostgreSQL's jsonb accepts. jsonb refuses two things JSON allows: the character U+0000 and halves of
 * surrogate pairs. Okta answers can hold both (a name pasted from a binary file), and a step that can't be recorded
 * would be repeated for ever, so U+0000 becomes its visible symbol "␀" (U+2400) and a lone half the replacement
 * character "�" (U+FFFD), in texts and in keys. Everything else is kept as it is.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return SUSPICIOUS.test(text) ? JSON.stringify(cleaned(JSON.parse(text))) : text;
}

/** Both are written as escapes by JSON.stringify. May also match an escaped backslash; then cleaning changes nothing. */
const SUSPICIOUS = /\\u(?:0000|d[89ab])/;

/** Text PostgreSQL's text columns accept; see `storableJson`. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\u2400").toWellFormed();
}

function cleaned(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), cleaned(item)]));
}
