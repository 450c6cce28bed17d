import type { CardNode } from "./document.ts";
import type { Value } from "./value.ts";

type Inputs = NonNullable<CardNode["inputs"]>;

/** Inputs with the value at `path` set, or removed with null. Parents left without a value disappear. */
export function setAtPath(inputs: Inputs, path: string[], value: Value | null): Inputs | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return inputs;
  const next = { ...inputs };
  const changed = rest.length === 0 ? value : setInValue(inputs[key], rest, value);
  if (changed === null) delete next[key];
  else next[key] = changed;
  return Object.keys(next).length === 0 ? undefined : next;
}

function setInValue(current: Value | undefined, path: string[], value: Value | null): Value | null {
  // Writing into a nested field replaces whatever else stood there (a literal or a mapping of the whole object).
  const object = current && "object" in current ? current.object : {};
  const changed = setAtPath(object, path, value);
  return changed ? { object: changed } : null;
}

/** The card without any reference to the cards in `gone`; emptied inputs disappear. */
export function dropRefs(card: CardNode, gone: ReadonlySet<string>): CardNode {
  if (!card.inputs) return card;
  let changed = false;
  const inputs: Inputs = {};
  for (const [key, value] of Object.entries(card.inputs)) {
    const kept = withoutRefs(value, gone);
    if (kept !== value) changed = true;
    if (kept !== null) inputs[key] = kept;
  }
  if (!changed) return card;
  return { ...card, inputs: Object.keys(inputs).length === 0 ? undefined : inputs };
}

function withoutRefs(value: Value, gone: ReadonlySet<string>): Value | null {
  if ("ref" in value) return gone.has(value.ref[0]) ? null : value;
  if ("text" in value) {
    const parts = value.text.filter((part) => typeof part === "string" || !gone.has(part.ref[0]));
    if (parts.length === value.text.length) return value;
    return parts.length === 0 ? null : { text: parts };
  }
  if ("list" in value) {
    const items = value.list.map((item) => withoutRefs(item, gone));
    if (items.every((item, index) => item === value.list[index])) return value;
    const kept = items.filter((item) => item !== null);
    return kept.length === 0 ? null : { list: kept };
  }
  if ("object" in value) {
    const entries = Object.entries(value.object).map(
      ([key, item]) => [key, item, withoutRefs(item, gone)] as const,
    );
    if (entries.every(([, before, after]) => before === after)) return value;
    const kept = entries.flatMap(([key, , after]) => (after === null ? [] : [[key, after] as const]));
    return kept.length === 0 ? null : { object: Object.fromEntries(kept) };
  }
  return value;
}
