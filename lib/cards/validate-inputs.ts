import { refsInValue } from "../flow/references.ts";
import type { Value } from "../flow/value.ts";
import { formatProblem, templateFormatProblem } from "./check-format.ts";
import { conversionBetween } from "./conversion-note.ts";
import { type ConversionProblem, convert } from "./convert.ts";
import type { Field, Fields } from "./field.ts";
import type { CheckedCard, Checks } from "./validate-context.ts";
import { checkRef, referencedField } from "./validate-refs.ts";
import { visibleInputs } from "./visible-inputs.ts";

/** The inputs of a card: required ones given, values that can become what their fields ask for, sound references. */
export function checkInputs(checks: Checks, card: CheckedCard): void {
  const { description, node, inputs } = card;
  if (!description) return;
  checkFields(checks, card, inputs, visibleInputs(node.inputs, description.inputs, inputs), []);
}

function checkFields(
  checks: Checks,
  card: CheckedCard,
  fields: Fields,
  values: { [key: string]: Value },
  path: string[],
  parent?: Field,
): void {
  for (const [key, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    checkInput(checks, card, field, value, [...path, key]);
  }
  for (const [key, value] of Object.entries(values)) {
    if (!Object.hasOwn(fields, key)) checkUnknown(checks, card, value, [...path, key], parent);
  }
}

function checkInput(
  checks: Checks,
  card: CheckedCard,
  field: Field,
  value: Value | undefined,
  path: string[],
): void {
  if (value === undefined || isBlank(value)) {
    if (field.required) missing(checks, card, field, path);
    else if (field.warnEmpty) {
      checks.warn("empty-input", `“${card.title}”: ${field.warnEmpty}`, { card: card.id, field: path });
    }
    return;
  }
  if ("value" in value) checkLiteral(checks, card, field, value.value, path);
  else if ("ref" in value) checkMapping(checks, card, field, value, path);
  else if ("text" in value) checkText(checks, card, field, value, path);
  else if ("list" in value) checkList(checks, card, field, value.list, path);
  else checkObject(checks, card, field, value, path);
}

/** Says what to fill in: the object's own required fields where it has some, since the object itself has no control. */
function missing(checks: Checks, card: CheckedCard, field: Field, path: string[]): void {
  const children = Object.entries(field.list ? {} : (field.fields ?? {})).filter(
    ([, child]) => child.required,
  );
  for (const [key, child] of children) missing(checks, card, child, [...path, key]);
  if (children.length > 0) return;
  checks.error("missing-input", `“${card.title}” needs ${field.label}: fill it in or map it.`, {
    card: card.id,
    field: path,
  });
}

function checkLiteral(
  checks: Checks,
  card: CheckedCard,
  field: Field,
  value: Parameters<typeof convert>[0],
  path: string[],
): void {
  if (field.secret) {
    checks.warn(
      "secret-in-flow",
      `${field.label} of “${card.title}” is typed into the flow, where everybody who opens or exports it can read it: map it from a card instead.`,
      { card: card.id, field: path },
    );
  }
  const converted = convert(value, field, path);
  if (!converted.ok) for (const problem of converted.problems) report(checks, card, problem);
  else reportFormat(checks, card, formatProblem(converted.value ?? null, field), path);
}

function reportFormat(checks: Checks, card: CheckedCard, problem: string | undefined, path: string[]): void {
  if (problem) checks.error("wrong-format", `“${card.title}”: ${problem}`, { card: card.id, field: path });
}

function report(checks: Checks, card: CheckedCard, { code, message, path }: ConversionProblem): void {
  checks.error(code, `“${card.title}”: ${message}`, { card: card.id, field: path });
}

function checkMapping(
  checks: Checks,
  card: CheckedCard,
  field: Field,
  value: Extract<Value, { ref: unknown }>,
  path: string[],
): void {
  if (!checkRef(checks, card, field, { at: path, ref: value.ref })) return;
  const source = referencedField(checks, value.ref);
  if (!source) return;
  const { kind, note } = conversionBetween(source, field);
  const from = checks.cards.get(value.ref[0])?.title ?? "";
  if (field.picker && source.type === "object") {
    // It would become JSON text, which is no id: the first card that uses it would fail with "not found".
    checks.warn(
      "object-for-id",
      `${field.label} of “${card.title}” is filled with all of ${source.label} of “${from}”: map one of its fields, for example its ID.`,
      { card: card.id, field: path },
    );
    return;
  }
  if (kind !== "impossible") return;
  checks.error(
    "impossible-mapping",
    `${field.label} of “${card.title}” can't be filled with ${source.label} of “${from}”. ${note ?? ""} Map another output.`,
    { card: card.id, field: path },
  );
}

function checkText(
  checks: Checks,
  card: CheckedCard,
  field: Field,
  value: Extract<Value, { text: unknown }>,
  path: string[],
): void {
  const refs = refsInValue(value, path);
  if (refs.length === 0) {
    checkLiteral(checks, card, field, value.text.join(""), path);
    return;
  }
  // A text with some literal in it is never empty, whatever its references give.
  const optional = {
    ...field,
    required: field.required && value.text.every((part) => typeof part !== "string"),
  };
  for (const ref of refs) checkRef(checks, card, optional, ref);
  reportFormat(checks, card, templateFormatProblem(value.text, field), path);
}

function checkList(checks: Checks, card: CheckedCard, field: Field, items: Value[], path: string[]): void {
  const item: Field = { ...field, list: false, required: false };
  const takesAny = field.list || field.type === "any" || field.type === "text" || items.length === 1;
  if (!takesAny) {
    checks.error("wrong-type", `${field.label} of “${card.title}” takes one value, not a list: keep one.`, {
      card: card.id,
      field: path,
    });
    return;
  }
  const single = !field.list && items.length > 1;
  items.forEach((value, index) => {
    checkInput(checks, card, single ? { ...item, type: "any" } : item, value, [...path, String(index)]);
  });
}

function checkObject(
  checks: Checks,
  card: CheckedCard,
  field: Field,
  value: Extract<Value, { object: unknown }>,
  path: string[],
): void {
  if (field.type === "object" && field.fields) {
    checkFields(checks, card, field.fields, value.object, path, field);
    return;
  }
  const from: Field = { type: "object", label: "An object" };
  if (conversionBetween(from, field).kind === "impossible") {
    checks.error("wrong-type", `${field.label} of “${card.title}” can't be an object: give it one value.`, {
      card: card.id,
      field: path,
    });
    return;
  }
  for (const ref of refsInValue(value, path)) checkRef(checks, card, { ...field, required: false }, ref);
}

function checkUnknown(
  checks: Checks,
  card: CheckedCard,
  value: Value,
  path: string[],
  parent: Field | undefined,
): void {
  const key = path.at(-1) ?? "";
  const place = { card: card.id, field: path };
  if (!parent?.grows) {
    checks.error("unknown-field", `“${card.title}” has no field “${key}”: empty it.`, place);
    return;
  }
  if (card.grown[parent.grows]) {
    checks.warn(
      "unknown-field",
      `“${key}”, filled in at “${card.title}”, isn't known to the connection.`,
      place,
    );
  }
  const open: Field = { type: "any", label: key };
  for (const ref of refsInValue(value, path)) checkRef(checks, card, open, ref);
}

/** True for values that are there but hold nothing, as controls leave them behind. */
function isBlank(value: Value): boolean {
  if ("value" in value) return value.value === null || value.value === "";
  if ("text" in value) return value.text.every((part) => part === "");
  if ("list" in value) return value.list.length === 0;
  return false;
}
