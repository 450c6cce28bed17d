import type { Json } from "#lib/flow/json.ts";

/**
 * JSON text PostgreSQL's jsonb accepts. jsonb refuses two things JSON allows: the character U+0000 and halves of
 * surrogate pairs. Both can come in from outside (a name pasted from a binary file), and an event or a document must not
 * be lost for one: U+0000 becomes its visible symbol "␀" (U+2400) and a lone half the replacement character "�"
 * (U+FFFD), in texts and in keys. Everything else is kept as it is. What must come back unchanged goes through
 * `losslessJson`.
 */
export function storableJson(value: unknown): string {
  return written(value, REFUSED, storableText);
}

/** Text PostgreSQL's text columns accept; see `storableJson`. */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\u2400").toWellFormed();
}

/**
 * JSON text jsonb accepts and from which `restoredJson` makes the same value again: what a card put out must reach the
 * next one unchanged, also after a restart. What jsonb refuses is written as U+FDD0 (no character, by definition of
 * Unicode, so hardly ever in a text) and the four hex digits of the UTF-16 unit, and so is U+FDD0 itself.
 */
export function losslessJson(value: unknown): string {
  return written(value, ESCAPED, escaped);
}

/** A value from JSON text as `losslessJson` wrote it and the database gave it back. */
export function restoredJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return text.includes(MARK) ? mapTexts(value, restored) : value;
}

const MARK = "\uFDD0";

/** What jsonb refuses is an escape in the output of JSON.stringify. May also match an escaped backslash: no harm. */
const REFUSED = /\\u(?:0000|d[89ab])/;
const ESCAPED = /\\u(?:0000|d[89ab])|\uFDD0/;

function written(value: unknown, suspicious: RegExp, mend: (text: string) => string): string {
  const text = JSON.stringify(value);
  return suspicious.test(text) ? JSON.stringify(mapTexts(JSON.parse(text), mend)) : text;
}

/** With the flag `u` a surrogate matches only where it stands alone. */
function escaped(text: string): string {
  return text.replace(
    /[\0\uFDD0\ud800-\udfff]/gu,
    (unit) => MARK + unit.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

function restored(text: string): string {
  return text.replace(/\uFDD0([0-9a-f]{4})/g, (_, unit: string) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

/** The value with every text in it, and every key, changed. */
function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}
