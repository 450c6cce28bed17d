import { type Conversion, conversionBetween } from "#lib/cards/conversion-note.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import type { MappingSource } from "#lib/editor/sources.ts";
import type { Ref } from "#lib/flow/value.ts";
import { headings } from "./field-headings.ts";

/** A line of the mapping picker: a card, or one of its outputs. */
export type MappingRow =
  | { kind: "card"; key: string; title: string }
  /** Heading of the outputs below it. */
  | { kind: "heading"; key: string; title: string; depth: number }
  | {
      kind: "output";
      key: string;
      ref: Ref;
      field: Field;
      /** Labels from the first level down. */
      labels: string[];
      depth: number;
      expandable: boolean;
      expanded: boolean;
      conversion: Conversion | undefined;
      /** False for lines that are there only because something below them matches the search. */
      matches: boolean;
    };

/**
 * The picker's lines: cards nearest first, their outputs below, nested ones while they are opened. With a search, every
 * output whose labels hold all its words, however deep.
 *
 * @param target the field to be filled, for which conversions are said
 */
export function mappingRows(
  sources: readonly MappingSource[],
  target: Field,
  search: string,
  open: ReadonlySet<string>,
): MappingRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return sources.flatMap((source) => {
    const rows = outputs(source, [source.id], source.outputs, [], { target, words, open });
    return rows.length === 0 ? [] : [{ kind: "card" as const, key: source.id, title: source.title }, ...rows];
  });
}

interface Looking {
  target: Field;
  words: string[];
  open: ReadonlySet<string>;
}

function outputs(
  source: MappingSource,
  above: Ref,
  fields: Fields,
  labels: string[],
  looking: Looking,
  many = false,
): Extract<MappingRow, { kind: "output" | "heading" }>[] {
  const searching = looking.words.length > 0;
  const heading = searching ? undefined : headings(fields);
  return Object.entries(fields).flatMap(([key, declared]) => {
    // Through a list of objects a path picks the value of every item.
    const field = many ? { ...declared, list: true } : declared;
    const ref: Ref = [...above, key];
    const here = [...labels, declared.label];
    const rowKey = ref.join("/");
    const children = declared.fields ?? {};
    const expandable = Object.keys(children).length > 0;
    const expanded = expandable && (searching || looking.open.has(rowKey));
    const below = expanded
      ? outputs(source, ref, children, here, looking, many || declared.list === true)
      : [];
    const text = `${source.title} ${here.join(" ")} ${key}`.toLowerCase();
    const matches = looking.words.every((word) => text.includes(word));
    if (!matches && below.length === 0) return [];
    const title = heading?.get(key);
    const head =
      title === undefined
        ? []
        : [{ kind: "heading" as const, key: `${rowKey}#`, title, depth: labels.length }];
    return [
      ...head,
      {
        kind: "output" as const,
        key: rowKey,
        ref,
        field,
        labels: here,
        depth: labels.length,
        expandable,
        expanded,
        conversion: conversionBetween(field, looking.target),
        matches,
      },
      ...below,
    ];
  });
}
