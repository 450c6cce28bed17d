import type { Value } from "#lib/flow/value.ts";

/** A literal as text for an input; "" for anything else. */
export function literalText(value: Value | undefined): string {
  if (!value || !("value" in value) || value.value === null) return "";
  return typeof value.value === "object" ? JSON.stringify(value.value) : String(value.value);
}
