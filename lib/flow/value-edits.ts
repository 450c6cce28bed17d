import type { CardNode } from "./document.ts";
import { isJsonObject } from "./json.ts";
import { keySchema, type Ref, type TextPart, type Value } from "./value.ts";

type Inputs = NonNullable<CardNode["inputs"]>;

/**
 * Inputs with the value at `path` set, or removed with null. Parents left without a value disappear; removing what is
 * not there changes nothing. A path may enter lists by index ("0"); an item removed closes the gap.
 */
export function setAtPath(inputs: Inputs, path: readonly string[], value: Value | null): Inputs | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return inputs;
  const current = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
  const changed = rest.length === 0 ? value : setInValue(current, rest, value);
  if (changed === (current ?? null)) return inputs;
  const { [key]: _, ...others } = inputs;
  if (changed === null) return Object.keys(others).length === 0 ? undefined : others;
  return { ...inputs, [key]: changed };
}

function setInValue(current: Value | undefined, path: readonly string[], value: Value | null): Value | null {
  if (current && "list" in current) {
    const list = setInList(current.list, path, value);
    if (list) return list === current.list ? current : list.length === 0 ? null : { list };
  }
  const children = current ? childrenOf(current) : {};
  // Emptying a child that is not there must not touch what is: a mapping of the whole object.
  if (!children && value === null) return current ?? null;
  const changed = setAtPath(children ?? {}, path, value);
  if (current && changed === children && "object" in current) return current;
  return changed ? { object: changed } : null;
}

/** Undefined when the path does not enter the list by an index it has, or the one behind its end. */
function setInList(list: Value[], path: readonly string[], value: Value | null): Value[] | undefined {
  const [key = "", ...rest] = path;
  const index = Number(key);
  if (!/^\d{1,9}$/.test(key) || index > list.length) return undefined;
  const changed = rest.length === 0 ? value : setInValue(list[index], rest, value);
  if (changed === (list[index] ?? null)) return list;
  return changed === null ? list.toSpliced(index, 1) : list.toSpliced(index, 1, changed);
}

/** An object's children; a literal object's as literals, so that editing one keeps its neighbours. */
function childrenOf(value: Value): Inputs | undefined {
  if ("object" in value) return value.object;
  if (!("value" in value) || !isJsonObject(value.value)) return undefined;
  const known = Object.entries(value.value).filter(([key]) => keySchema.safeParse(key).success);
  return Object.fromEntries(known.map(([key, child]) => [key, { value: child }]));
}

/** The card without any reference to the cards in `gone`; emptied inputs disappear. */
export function dropRefs(card: CardNode, gone: ReadonlySet<string>): CardNode {
  return mapRefs(card, (ref) => (gone.has(ref[0]) ? null : ref));
}

/**
 * The card with every reference replaced by what `change` gives, or dropped where that is null; emptied inputs
 * disappear. The same card when every reference stays the same.
 */
export function mapRefs(card: CardNode, change: (ref: Ref) => Ref | null): CardNode {
  if (!card.inputs) return card;
  const inputs = mapEntries(card.inputs, change);
  return inputs === card.inputs ? card : { ...card, inputs: inputs ?? undefined };
}

function mapEntries(entries: Inputs, change: (ref: Ref) => Ref | null): Inputs | null {
  const mapped = Object.entries(entries).map(([key, item]) => [key, item, mapValue(item, change)] as const);
  if (mapped.every(([, before, after]) => before === after)) return entries;
  const kept = mapped.flatMap(([key, , after]) => (after === null ? [] : [[key, after] as const]));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function mapValue(value: Value, change: (ref: Ref) => Ref | null): Value | null {
  if ("ref" in value) {
    const ref = change(value.ref);
    return ref === value.ref ? value : ref && { ref };
  }
  if ("text" in value) {
    const parts = value.text.flatMap((part): TextPart[] => {
      if (typeof part === "string") return [part];
      const ref = change(part.ref);
      return ref === part.ref ? [part] : ref ? [{ ref }] : [];
    });
    const same =
      parts.length === value.text.length && parts.every((part, index) => part === value.text[index]);
    return same ? value : parts.length === 0 ? null : { text: parts };
  }
  if ("list" in value) {
    const items = value.list.map((item) => mapValue(item, change));
    if (items.every((item, index) => item === value.list[index])) return value;
    const kept = items.filter((item) => item !== null);
    return kept.length === 0 ? null : { list: kept };
  }
  if ("object" in value) {
    const object = mapEntries(value.object, change);
    return object === value.object ? value : object && { object };
  }
  return value;
}
