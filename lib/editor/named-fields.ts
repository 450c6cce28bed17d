import type { GrownFields } from "../cards/effective-fields.ts";
import type { Field, Fields } from "../cards/field.ts";
import type { Catalogue } from "../cards/registry.ts";
import type { CardNode, FlowDocument } from "../flow/document.ts";
import { refsInCard } from "../flow/references.ts";
import type { Value } from "../flow/value.ts";

/**
 * The fields of an org that a flow itself names, by card id: what it fills in, and what later cards take. It stands in for
 * asking the org, for who may look at the flow and not ask: without it, a custom attribute a card sets would not be seen
 * at all. They are called by their keys, and any type will do: the org alone knows better.
 */
export function namedFields(document: FlowDocument, catalogue: Catalogue): Map<string, GrownFields> {
  const refs = Object.values(document.cards).flatMap((node) => refsInCard(node).map(({ ref }) => ref));
  const named = new Map<string, GrownFields>();
  for (const [id, node] of Object.entries(document.cards)) {
    const description = catalogue.card(node.card);
    if (!description) continue;
    const grown: GrownFields = {};
    const note = (field: Field, loaderId: string, keys: readonly string[]) => {
      const unknown = keys.filter((key) => !Object.hasOwn(field.fields ?? {}, key));
      if (unknown.length > 0) grown[loaderId] = { ...grown[loaderId], ...asFields(unknown) };
    };
    for (const { field, loaderId, path } of growing(description.inputs)) {
      note(field, loaderId, keysAt(node.inputs, path));
    }
    for (const { field, loaderId, path } of growing(description.outputs)) {
      const taken = refs.filter(([card, ...way]) => card === id && path.every((key, at) => way[at] === key));
      note(
        field,
        loaderId,
        taken.flatMap(([, ...way]) => way.slice(path.length, path.length + 1)),
      );
    }
    if (Object.keys(grown).length > 0) named.set(id, grown);
  }
  return named;
}

interface Growing {
  field: Field;
  loaderId: string;
  path: string[];
}

function growing(fields: Fields, at: readonly string[] = []): Growing[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const path = [...at, key];
    const own = field.grows === undefined ? [] : [{ field, loaderId: field.grows, path }];
    return [...own, ...growing(field.fields ?? {}, path)];
  });
}

function asFields(keys: readonly string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, { type: "any" as const, label: key }]));
}

/** Keys of the object that is filled in at a path of a card's inputs; none where something else is. */
function keysAt(inputs: CardNode["inputs"], [first, ...rest]: readonly string[]): string[] {
  let value: Value | undefined = first === undefined ? undefined : ownOf(inputs ?? {}, first);
  for (const key of rest) value = value && "object" in value ? ownOf(value.object, key) : undefined;
  return value && "object" in value ? Object.keys(value.object) : [];
}

function ownOf<T>(record: { [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
