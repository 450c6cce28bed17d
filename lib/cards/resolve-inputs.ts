import type { CardNode } from "../flow/document.ts";
import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import type { Ref, TextPart, Value } from "../flow/value.ts";
import { LIST_INDEX } from "./output-at.ts";

/** Finds what a reference points to; undefined where there is nothing. */
export type Lookup = (ref: Ref) => Json | undefined;

/**
 * A node's inputs as values: literals as they stand, references looked up, texts put together. What a reference does
 * not find is left out. The values still have the types they came with; `convertFields` gives them the fields' types.
 */
export function resolveInputs(inputs: CardNode["inputs"], lookup: Lookup): JsonObject {
  return resolveEntries(inputs ?? {}, lookup);
}

/**
 * Looks references up in the outputs of the cards that have run. An index ("0") enters a list; any other key picks
 * that key of every item, so a path through a list of objects gives a list. Only own properties are ever read:
 * a path can't reach `length`, `constructor` or whatever else a prototype holds.
 */
export function lookupIn(outputsByCard: ReadonlyMap<string, JsonObject>): Lookup {
  return ([card, ...path]) => valueAt(outputsByCard.get(card), path);
}

/** A value as it reads inside a text: objects as JSON, lists with commas, nothing as nothing. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function resolveEntries(entries: { [key: string]: Value }, lookup: Lookup): JsonObject {
  // fromEntries defines properties; assigning would let a key "__proto__" replace the prototype.
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => {
      const resolved = resolveValue(value, lookup);
      return resolved === undefined ? [] : [[key, resolved]];
    }),
  );
}

function resolveValue(value: Value, lookup: Lookup): Json | undefined {
  if ("value" in value) return value.value;
  if ("ref" in value) return lookup(value.ref);
  if ("text" in value) return value.text.map((part) => partText(part, lookup)).join("");
  if ("object" in value) return resolveEntries(value.object, lookup);
  return value.list.flatMap((item) => {
    const resolved = resolveValue(item, lookup);
    return resolved === undefined ? [] : [resolved];
  });
}

function partText(part: TextPart, lookup: Lookup): string {
  return typeof part === "string" ? part : asText(lookup(part.ref));
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined || value === undefined) return value;
  if (!Array.isArray(value)) {
    return isJsonObject(value) && Object.hasOwn(value, key) ? valueAt(value[key], rest) : undefined;
  }
  if (LIST_INDEX.test(key)) return valueAt(value[Number(key)], rest);
  if (value.length === 0) return [];
  const picked = value.flatMap((item) => {
    // Fields know no lists of lists: what every item has as a list becomes one list.
    const inner = Array.isArray(item) ? undefined : valueAt(item, path);
    return inner === undefined ? [] : inner;
  });
  return picked.length === 0 && !value.some((item) => isJsonObject(item) && Object.hasOwn(item, key))
    ? undefined
    : picked;
}
