import type { CardOption } from "#lib/cards/card.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import { cell, table } from "./markdown.ts";

const TYPE_NAMES: Record<Field["type"], string> = {
  text: "text",
  number: "number",
  boolean: "true/false",
  datetime: "date & time",
  object: "object",
  file: "file reference",
  any: "any value",
};

/** A table of fields, children below their object with the path that a reference to them takes. */
export function fieldTable(fields: Fields, options: Record<string, CardOption>): string {
  return table(["Field", "Key", "Type", "Notes"], fieldRows(fields, options, []));
}

function fieldRows(fields: Fields, options: Record<string, CardOption>, at: string[]): string[][] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const path = [...at, key];
    const type = field.list ? `list of ${TYPE_NAMES[field.type]}` : TYPE_NAMES[field.type];
    const label = field.group ? `${field.group} › ${field.label}` : field.label;
    const row = [cell(label), `\`${path.join(".")}\``, type, notes(field, options)];
    return [row, ...fieldRows(field.fields ?? {}, options, path)];
  });
}

function notes(field: Field, options: Record<string, CardOption>): string {
  const { when, choices } = field;
  return [
    field.required ? "**Required.**" : "",
    field.secret ? "Masked wherever it is shown." : "",
    field.secretKeys ? "Passwords, tokens and the like in it are masked wherever it is shown." : "",
    cell(field.help ?? ""),
    choices ? `One of ${choices.map(({ value }) => `\`${value}\``).join(", ")}.` : "",
    field.emptyMeans ? `Left empty: ${sentence(cell(field.emptyMeans))}` : "",
    field.clearable ? clearableNote(field) : "",
    field.entries ? "Any names, each with a value." : "",
    field.picker ? "Chosen from a live list, mapped or typed." : "",
    field.grows && !field.growsBy ? "Also has the attributes the org added to its profile." : "",
    field.growsBy ? `Has the attributes that belong to the chosen \`${field.growsBy}\`.` : "",
    when ? condition(when.option, when.is, options) : "",
  ]
    .filter((note) => note !== "")
    .join(" ");
}

/** `only with Option: With password`, or shorter `not with Comparison: is empty`, in the words of the form. */
function condition(key: string, values: string[], options: Record<string, CardOption>): string {
  const option = options[key];
  const choices = option?.choices ?? [];
  const left = choices.filter(({ value }) => !values.includes(value));
  const exceptions = left.length > 0 && left.length < values.length;
  const named = exceptions ? left : choices.filter(({ value }) => values.includes(value));
  const labels = named.map(({ label }) => label).join(" or ");
  return `${exceptions ? "Not" : "Only"} with ${cell(option?.label ?? key)}: ${cell(labels)}.`;
}

function clearableNote({ type, list }: Field): string {
  const whole = type !== "object" || list;
  return `${whole ? "Can" : "What is in it can"} be cleared on purpose: \`null\`.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
