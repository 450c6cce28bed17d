import type { Field, Fields } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";

/** What a card shows beyond its filled, required and first fields: the admin's choice, kept while the page is open. */
export interface Expansion {
  allInputs?: boolean;
  allOutputs?: boolean;
  /** Handle ids of the object rows that are opened (true) or closed (false) by hand. */
  rows?: Readonly<Record<string, boolean>>;
}

/** A row of a card: one field of its inputs or outputs. */
export interface FieldRow {
  side: "input" | "output";
  path: string[];
  /** Joined path, stable, for keys. */
  key: string;
  field: Field;
  depth: number;
  /** Inputs only: what it is filled with. */
  value?: Value;
  expandable: boolean;
  expanded: boolean;
}

/** So many fields are shown before "n more fields", besides those that are filled, required or read. */
const FIRST = 3;

/** The input rows a card shows, and how many fields it does not show. */
export function inputRows(
  fields: Fields,
  values: { [key: string]: Value } | undefined,
  expansion: Expansion = {},
): { rows: FieldRow[]; more: number } {
  const keys = Object.keys(fields);
  const filled = (key: string) => values !== undefined && Object.hasOwn(values, key);
  const shown = chosen(keys, expansion.allInputs, (key) => filled(key) || fields[key]?.required === true);
  return {
    rows: shown.flatMap((key) => rowsOf("input", fields, key, [], values, expansion, () => filled(key))),
    more: keys.length - shown.length,
  };
}

/**
 * The output rows a card shows. Outputs some card reads are always there, with the objects they stand in opened, so
 * that every mapping line has a row to start from.
 *
 * @param read paths other cards read, as handle keys ("profile/login")
 */
export function outputRows(
  fields: Fields,
  read: ReadonlySet<string>,
  expansion: Expansion = {},
): { rows: FieldRow[]; more: number } {
  const keys = Object.keys(fields);
  const isRead = (path: string[]) => {
    const key = pathKey(path);
    return read.has(key) || [...read].some((other) => other.startsWith(`${key}/`));
  };
  // What an event or a look-up is about stands in objects: the user, the group. They matter more than its first times and ids.
  const things = new Set(keys.filter((key) => fields[key]?.fields !== undefined).slice(0, FIRST));
  const shown = chosen(keys, expansion.allOutputs, (key) => isRead([key]) || things.has(key));
  return {
    rows: shown.flatMap((key) => rowsOf("output", fields, key, [], undefined, expansion, isRead)),
    more: keys.length - shown.length,
  };
}

/** A path as it stands in a handle id. */
export function pathKey(path: readonly string[]): string {
  return path.map(encodeURIComponent).join("/");
}

function chosen(keys: string[], all: boolean | undefined, needed: (key: string) => boolean): string[] {
  if (all || keys.length <= FIRST + 1) return keys;
  // By place, not by what is left: rows must not move when one of them gets mapped.
  return keys.filter((key, index) => index < FIRST || needed(key));
}

function rowsOf(
  side: FieldRow["side"],
  fields: Fields,
  key: string,
  above: string[],
  values: { [key: string]: Value } | undefined,
  expansion: Expansion,
  inUse: (path: string[]) => boolean,
): FieldRow[] {
  const field = fields[key];
  if (!field) return [];
  const path = [...above, key];
  const rowKey = pathKey(path);
  const value = values && Object.hasOwn(values, key) ? values[key] : undefined;
  // Children of a list's items are no single place an input could be mapped to, but outputs can be picked from each.
  const children = side === "input" && field.list ? undefined : field.fields;
  const inner = value && "object" in value ? value.object : undefined;
  const usedInside =
    side === "input"
      ? inner !== undefined
      : children !== undefined && Object.keys(children).some((child) => inUse([...path, child]));
  const byHand = expansion.rows?.[`${side}:${rowKey}`];
  const expandable = children !== undefined && Object.keys(children).length > 0;
  const expanded = expandable && (byHand ?? usedInside);
  const row: FieldRow = { side, path, key: rowKey, field, depth: above.length, value, expandable, expanded };
  if (!children || !expandable) return [row];
  const keys = Object.keys(children);
  const visible = byHand ? keys : expanded || usedInside ? keys.filter((child) => childInUse(child)) : [];
  return [row, ...visible.flatMap((child) => rowsOf(side, children, child, path, inner, expansion, inUse))];

  function childInUse(child: string): boolean {
    // A closed row still shows what is mapped, or its line would end nowhere.
    if (side === "output") return inUse([...path, child]);
    return (
      (inner !== undefined && Object.hasOwn(inner, child)) ||
      (expanded && children?.[child]?.required === true)
    );
  }
}
