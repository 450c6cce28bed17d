import type { Field, Fields } from "./field.ts";

/**
 * What a reference finds in a card's outputs: a declared field; something whose type nobody declared ("open": inside
 * `any`, an object without declared children, or one that grows with the connection); or nothing.
 */
export type OutputAt = { kind: "field"; field: Field } | { kind: "open" } | { kind: "none" };

/** A list index as it stands in a reference: "0", "12". */
export const LIST_INDEX = /^(?:0|[1-9]\d{0,8})$/;

/**
 * The output at a path, by the same rules `lookupIn` follows at run time: an index enters a list, any other key picks
 * that key of every item, which makes the result a list.
 */
export function outputAt(outputs: Fields, path: readonly string[]): OutputAt {
  let field: Field = { type: "object", label: "All outputs", fields: outputs };
  let many = false;
  for (const key of path) {
    if (field.type === "any") return { kind: "open" };
    if (field.list && LIST_INDEX.test(key)) {
      field = { ...field, list: false };
      continue;
    }
    if (field.type !== "object") return { kind: "none" };
    const children: Fields = field.fields ?? {};
    const child: Field | undefined = Object.hasOwn(children, key) ? children[key] : undefined;
    if (!child) return { kind: field.grows || !field.fields ? "open" : "none" };
    many ||= field.list === true;
    field = child;
  }
  return { kind: "field", field: many ? { ...field, list: true } : field };
}
