import type { Fields } from "#lib/cards/field.ts";

/** The headings fields stand under: by key of the first field of each group, for neighbours of one group share it. */
export function headings(
  fields: Fields,
  keys: readonly string[] = Object.keys(fields),
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let before: string | undefined;
  for (const key of keys) {
    const group = fields[key]?.group;
    if (group !== undefined && group !== before) found.set(key, group);
    before = group;
  }
  return found;
}
