import type { ChoiceSource } from "#components/card-form/use-live-choices.ts";
import { conversionBetween } from "#lib/cards/conversion-note.ts";
import type { Field } from "#lib/cards/field.ts";
import type { RefName } from "#lib/editor/sources.ts";
import type { Json } from "#lib/flow/json.ts";
import type { Ref, Value } from "#lib/flow/value.ts";

/** What an input is filled with, in one line. */
export interface ValueChip {
  kind: "literal" | "mapped" | "text" | "group";
  text: string;
  /** The list a literal was picked from: `text` is an id of it. */
  picked?: ChoiceSource;
  /** Mapped inputs: title of the card the value comes from. */
  from?: string;
  /** Mapped inputs: how the value changes on its way, where it does. */
  conversion?: { kind: "converts" | "may-fail" | "impossible"; note: string };
}

const SHOWN = 60;

/** A value as a card shows it; secrets stay hidden. */
export function chipOf(value: Value, field: Field, nameOf: (ref: Ref) => RefName): ValueChip {
  if ("ref" in value) {
    const name = nameOf(value.ref);
    const conversion = conversionOf(name, field);
    if (name.labels.length === 0) return { kind: "mapped", text: name.card, conversion };
    return { kind: "mapped", text: name.labels.join(" › "), from: name.card, conversion };
  }
  if ("text" in value) {
    const text = value.text.map((part) =>
      typeof part === "string" ? part : `[${readable(nameOf(part.ref))}]`,
    );
    return { kind: "text", text: shortened(text.join("")) };
  }
  if ("list" in value) {
    const count = value.list.length;
    return { kind: "group", text: count === 1 ? "1 item" : `${count} items` };
  }
  if ("object" in value) return { kind: "group", text: "" };
  if (field.secret) return { kind: "literal", text: "••••••" };
  return { kind: "literal", text: shortened(literal(value.value, field)) };
}

/** "User Added to Group · Profile › First name" */
export function readable(name: RefName): string {
  return name.labels.length === 0 ? name.card : `${name.card} · ${name.labels.join(" › ")}`;
}

function conversionOf(name: RefName, field: Field): ValueChip["conversion"] {
  if (!name.field) return undefined;
  const { kind, note } = conversionBetween(name.field, field);
  return kind === "same" || note === undefined ? undefined : { kind, note };
}

function literal(json: Json, field: Field): string {
  if (typeof json === "string") return field.choices?.find((choice) => choice.value === json)?.label ?? json;
  if (json === null) return field.clearable ? "cleared" : "empty";
  return JSON.stringify(json);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}
