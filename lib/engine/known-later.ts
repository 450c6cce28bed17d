import type { Json } from "../flow/json.ts";

/**
 * What stands in a plan for an id that only the write would bring: a sentence, so that whoever reads the plan understands
 * `PUT /api/v1/groups/00g1/users/(known only after Create User)`. Cards take it for text like any other.
 *
 * @param title of the card that would write
 */
export function knownOnlyAfter(title: string): string {
  return `(known only after ${title.replace(/[()]/g, "").trim()})`;
}

/** As plain text, in a path (encodeURIComponent) and in a query (URLSearchParams). */
const GAP = "(?: |%20|\\+)";
const MARK = `(?:\\(|%28)known${GAP}only${GAP}after${GAP}`;
const MARKED = new RegExp(MARK, "i");
const WHOLE = new RegExp(`${MARK}(?:[^()%/?&]|%(?!29))*(?:\\)|%29)`, "gi");

/** Whether something in this value, or in this encoded path, is known only after a write. */
export function isKnownLater(value: Json | undefined): boolean {
  return value !== undefined && MARKED.test(typeof value === "string" ? value : JSON.stringify(value));
}

/** A path or query with these sentences as people read them. */
export function readableKnownLater(path: string): string {
  return path.replace(WHOLE, (found) => {
    try {
      return decodeURIComponent(found.replaceAll("+", " "));
    } catch {
      return found;
    }
  });
}
