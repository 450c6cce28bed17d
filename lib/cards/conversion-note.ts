import type { Field, FieldType } from "./field.ts";

/**
 * How a value of one field becomes that of another, for the mapping picker and for validate:
 * "same": as it stands; "converts": always, changed; "may-fail": depends on the value; "impossible": never.
 */
export interface Conversion {
  kind: "same" | "converts" | "may-fail" | "impossible";
  /** What happens to the value, in one sentence. */
  note?: string;
}

type Kind = Conversion["kind"];

/** What a single value of a type becomes. Mirrors `convert`; a property test holds the two together. */
const SINGLE: Record<FieldType, Partial<Record<FieldType, Kind>>> = {
  text: {
    number: "may-fail",
    boolean: "may-fail",
    datetime: "may-fail",
    object: "may-fail",
    file: "converts",
  },
  number: { text: "converts", boolean: "may-fail", datetime: "may-fail", file: "converts" },
  boolean: { text: "converts", file: "converts" },
  datetime: { text: "converts", file: "converts" },
  object: { text: "converts", file: "converts" },
  file: {
    text: "converts",
    number: "may-fail",
    boolean: "may-fail",
    datetime: "may-fail",
    object: "may-fail",
  },
  any: {
    text: "converts",
    number: "may-fail",
    boolean: "may-fail",
    datetime: "may-fail",
    object: "may-fail",
    file: "may-fail",
  },
};

const NAMES: Record<FieldType, string> = {
  text: "text",
  number: "a number",
  boolean: "true or false",
  datetime: "a date and time",
  object: "an object",
  file: "a file",
  any: "any value",
};

/**
 * What happens to a value of `from` that is mapped to `to`. Speaks of values that are there; an empty one is "not
 * given" for every type.
 */
export function conversionBetween(from: Field, to: Field): Conversion {
  const kind = kindBetween(from, to);
  return kind === "same" ? { kind } : { kind, note: noteFor(from, to, kind) };
}

function kindBetween(from: Field, to: Field): Kind {
  const item = itemKind(from, to);
  if (to.type === "any") return to.list && !from.list ? "converts" : "same";
  if (to.list) return from.list || item !== "same" ? item : "converts";
  if (!from.list) return item;
  // A list of one becomes its item; longer ones only become text.
  if (to.type === "text" && !to.choices) return "converts";
  return item === "impossible" && to.type !== "text" ? "impossible" : "may-fail";
}

function itemKind(from: Field, to: Field): Kind {
  if (to.type === "any") return "same";
  const kind: Kind = from.type === to.type ? "same" : (SINGLE[from.type][to.type] ?? "impossible");
  if (kind === "impossible") return kind;
  if (to.type === "object" && to.fields) return "may-fail";
  if ((to.type === "text" || to.type === "file") && to.choices && !choicesFit(from, to)) return "may-fail";
  return kind;
}

function choicesFit(from: Field, to: Field): boolean {
  if (from.type !== "text" || !from.choices) return false;
  const allowed = new Set(to.choices?.map((choice) => choice.value));
  return from.choices.every((choice) => allowed.has(choice.value));
}

function noteFor(from: Field, to: Field, kind: Kind): string {
  const [source, target] = [named(from), named(to)];
  if (kind === "impossible") return `${capital(source)} can't become ${target}.`;
  if (from.list && !to.list) {
    if (kind === "converts") return "A list with one item becomes that item; a longer one becomes JSON text.";
    return `Works only while the list has one item${from.type === to.type ? "" : ` that can become ${target}`}.`;
  }
  if (to.list && !from.list && kind === "converts") return "Becomes a list with one item.";
  if (to.choices && kind === "may-fail")
    return `Works only while the value is one of the choices of ${to.label}.`;
  if (from.type === "object" && to.type === "object")
    return `Works only while it has the fields of ${to.label}.`;
  if (from.type === "object" || (from.type === "any" && kind === "converts"))
    return "Objects become JSON text.";
  if (kind === "may-fail")
    return `Works only while the value can be read as ${named({ ...to, list: false })}.`;
  return `${capital(source)} becomes ${target}.`;
}

function named(field: Field): string {
  return field.list ? `a list (${NAMES[field.type]})` : NAMES[field.type];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
