import type { Fields } from "#lib/cards/field.ts";
import { MASK } from "#lib/cards/mask.ts";
import { type HiddenNames, NOTHING_HIDDEN } from "#lib/cards/secret-keys.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import { openJson, readSealed, sealJson } from "../secrets/sealed-json.ts";
import type { SealedSecret } from "../secrets/vault.ts";

/*
 * A flow maps its secrets or has none. A card run by hand is given them: a new password for each of a thousand people. They
 * wait in the database until their row's turn comes, and stay there with the execution so that it can be retried; hence
 * sealed, and opened in the worker's memory only.
 */

/**
 * Inputs with the values of secret fields sealed for one run by hand, and what stands under attributes its org hides.
 *
 * @param hidden attributes of the connection the run acts through
 */
export function sealSecrets(
  inputs: JsonObject,
  fields: Fields,
  bulkId: string,
  hidden: HiddenNames = NOTHING_HIDDEN,
): JsonObject {
  return mapEntries(inputs, (value, key) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field?.secret || hidden.has(key)) return sealJson(value, placeOf(bulkId));
    return sealInside(value, field?.fields ?? {}, bulkId, hidden);
  });
}

function sealInside(value: Json, fields: Fields, bulkId: string, hidden: HiddenNames): Json {
  if (Array.isArray(value)) return value.map((item) => sealInside(item, fields, bulkId, hidden));
  return isJsonObject(value) ? sealSecrets(value, fields, bulkId, hidden) : value;
}

/**
 * A document with the sealed inputs of its cards opened, for running it.
 *
 * @throws SecretUnreadableError when FLOWDECK_SECRET_KEY is another one now, or it was sealed for another run
 */
export function openSecrets(document: FlowDocument, bulkId: string): FlowDocument {
  return mapLiterals(document, (sealed) => openJson(sealed, placeOf(bulkId)));
}

/** A document with sealed inputs masked, for showing it. */
export function maskSealed(document: FlowDocument): FlowDocument {
  return mapLiterals(document, () => MASK);
}

/** Inputs of a row with sealed values masked. */
export function maskSealedInputs(inputs: JsonObject): JsonObject {
  return mapEntries(inputs, (value) => mapSealed(value, () => MASK));
}

function mapLiterals(document: FlowDocument, change: (secret: SealedSecret) => Json): FlowDocument {
  const cards = Object.entries(document.cards).map(([id, node]) => {
    if (!node.inputs) return [id, node] as const;
    const inputs = Object.entries(node.inputs).map(([key, value]): [string, Value] => [
      key,
      "value" in value ? { value: mapSealed(value.value, change) } : value,
    ]);
    return [id, { ...node, inputs: Object.fromEntries(inputs) }] as const;
  });
  return { ...document, cards: Object.fromEntries(cards) };
}

function mapSealed(value: Json, change: (secret: SealedSecret) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, change));
  if (!isJsonObject(value)) return value;
  const sealed = readSealed(value);
  return sealed ? change(sealed) : mapEntries(value, (inner) => mapSealed(inner, change));
}

function mapEntries(values: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

function placeOf(bulkId: string): string {
  return `bulk_runs:${bulkId}`;
}
