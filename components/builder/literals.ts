import type { CardNode } from "#lib/flow/document.ts";
import type { Value } from "#lib/flow/value.ts";

/** What is typed into the card itself; mappings have no value while nothing runs. */
export function literalsOf(inputs: CardNode["inputs"]): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(inputs ?? {}).filter(([, value]) => isLiteral(value)));
}

/** Whether a value takes nothing from another card. */
export function isLiteral(value: Value): boolean {
  if ("ref" in value) return false;
  if ("text" in value) return value.text.every((part) => typeof part === "string");
  if ("list" in value) return value.list.every(isLiteral);
  if ("object" in value) return Object.values(value.object).every(isLiteral);
  return true;
}
