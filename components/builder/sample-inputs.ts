import type { Fields } from "#lib/cards/field.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { lookupIn, resolveInputs } from "#lib/cards/resolve-inputs.ts";
import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { isLiteral } from "./literals.ts";

/**
 * What stands in for the inputs a card's test has no value for. A mapped input takes the sample of the very field it is
 * mapped to: the card's own sample knows nothing of the mapping, and compared a user type with "Engineering". The card's
 * sample is only for what is required and empty, and for mappings to fields without a sample.
 */
export function sampleInputs(
  node: CardNode,
  fields: Fields,
  document: Pick<FlowDocument, "cards">,
  catalogue: Catalogue,
): JsonObject {
  const samples = new Map<string, JsonObject>();
  for (const [id, { card }] of Object.entries(document.cards)) {
    const outputs = catalogue.card(card)?.sample.outputs;
    if (outputs) samples.set(id, outputs);
  }
  const own = needed(catalogue.card(node.card)?.sample.inputs ?? {}, fields, node.inputs);
  return merged(own, resolveInputs(node.inputs, lookupIn(samples)));
}

/** The part of a sample that stands in for what a test has no value for: mapped inputs, and required ones left empty. */
function needed(sample: JsonObject, fields: Fields, given: CardNode["inputs"] = {}): JsonObject {
  const kept: JsonObject = {};
  for (const [key, json] of Object.entries(sample)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (!field) continue;
    if (field.fields && !field.list && isJsonObject(json)) {
      const inner = needed(json, field.fields, value && "object" in value ? value.object : {});
      if (Object.keys(inner).length > 0) kept[key] = inner;
    } else if (field.required || (value && !isLiteral(value))) kept[key] = json;
  }
  return kept;
}

function merged(under: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isJsonObject(below) && isJsonObject(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}
