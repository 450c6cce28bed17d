import type { CardNode } from "../flow/document.ts";
import type { CardDescription, OptionValues } from "./card.ts";
import { ERROR_FIELD, ERROR_OUTPUT, hasErrorWay } from "./exits.ts";
import type { Field, Fields } from "./field.ts";
import { ownFieldsAsFields, readOwnFields } from "./own-fields.ts";

/** Fields a connection added, by loader id: `{ "okta.userProfile": { costCenter: {…} } }`. */
export type GrownFields = Record<string, Fields>;

/** The options of a node with defaults filled in. Own fields are no option in this sense. */
export function optionValues(description: CardDescription, node: Pick<CardNode, "options">): OptionValues {
  const values: OptionValues = {};
  for (const [key, option] of Object.entries(description.options)) {
    const set = node.options?.[key];
    values[key] = typeof set === "string" && set !== "" ? set : option.default;
  }
  return values;
}

/**
 * The fields a node really has: those its options switch on, the connection's own attributes where they are loaded,
 * the fields its user declared, and the error's where the flow goes on when the card fails. The one place that knows; form, canvas, validation and executor all ask here.
 */
export function effectiveFields(
  description: CardDescription,
  node: Pick<CardNode, "options" | "onError">,
  grown: GrownFields = {},
): { inputs: Fields; outputs: Fields } {
  const options = optionValues(description, node);
  const inputs = shapeFields(description.inputs, options, grown);
  const error: Fields = hasErrorWay(description, node) ? { [ERROR_OUTPUT]: ERROR_FIELD } : {};
  const outputs = { ...shapeFields(description.outputs, options, grown), ...error };
  if (!description.ownFields) return { inputs, outputs };
  const own = ownFieldsAsFields(readOwnFields(node.options));
  return {
    inputs: declaredFirst(inputs, own),
    outputs: description.ownFields.into === "both" ? declaredFirst(outputs, own) : outputs,
  };
}

function shapeFields(fields: Fields, options: OptionValues, grown: GrownFields): Fields {
  const shaped: Fields = {};
  for (const [key, field] of Object.entries(fields)) {
    if (field.when && !field.when.is.includes(options[field.when.option] ?? "")) continue;
    shaped[key] = shapeField(field, options, grown);
  }
  return shaped;
}

function shapeField(field: Field, options: OptionValues, grown: GrownFields): Field {
  const extra = field.grows ? grown[field.grows] : undefined;
  if (!field.fields && !extra) return field;
  const children = declaredFirst(shapeFields(field.fields ?? {}, options, grown), extra ?? {});
  return { ...field, fields: field.clearable ? withClearable(children) : children };
}

/** What an object says of its children, said by each: controls and checks look at one field only. */
function withClearable(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, { clearable: true, ...field }]),
  );
}

/** Declared fields stand first and win: neither an org nor a user can redefine what the card knows. */
function declaredFirst(declared: Fields, added: Fields): Fields {
  return { ...declared, ...added, ...declared };
}

/** The field at a path of a field tree; list indexes pass through. Undefined where nothing is declared. */
export function fieldAt(fields: Fields, path: readonly string[]): Field | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (!field || rest.length === 0) return field;
  const inner = field.list && /^\d+$/.test(rest[0] ?? "") ? rest.slice(1) : rest;
  if (inner.length === 0) return { ...field, list: false };
  return field.fields ? fieldAt(field.fields, inner) : undefined;
}
