import type { Field, Fields } from "#lib/cards/field.ts";
import { MASK } from "#lib/cards/mask.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import { seal, unseal } from "../secrets/vault.ts";

/*
 * A flow maps its secrets or has none. A card run by hand is given them: a new password for each of a thousand people. They
 * wait in the database until their row's turn comes, and stay there with the execution so that it can be retried; hence
 * sealed, and opened in the worker's memory only.
 */

const SEALED = "$sealed";

/** Inputs with the values of secret fields sealed for one run by hand. */
export function sealSecrets(inputs: JsonObject, fields: Fields, bulkId: string): JsonObject {
  return mapEntries(inputs, (value, key) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return field ? sealField(value, field, bulkId) : value;
  });
}

function sealField(value: Json, field: Field, bulkId: string): Json {
  if (field.secret) {
    const { sealed, keyId } = seal(JSON.stringify(value), placeOf(bulkId));
    return { [SEALED]: sealed, keyId };
  }
  if (!field.fields) return value;
  const inner = field.fields;
  if (Array.isArray(value)) {
    return value.map((item) => (isJsonObject(item) ? sealSecrets(item, inner, bulkId) : item));
  }
  return isJsonObject(value) ? sealSecrets(value, inner, bulkId) : value;
}

/**
 * A document with the sealed inputs of its cards opened, for running it.
 *
 * @throws SecretUnreadableError when FLOWDECK_SECRET_KEY is another one now, or it was sealed for another run
 */
export function openSecrets(document: FlowDocument, bulkId: string): FlowDocument {
  return mapLiterals(document, ({ sealed, keyId }) => JSON.parse(unseal({ sealed, keyId }, placeOf(bulkId))));
}

/** A document with sealed inputs masked, for showing it. */
export function maskSealed(document: FlowDocument): FlowDocument {
  return mapLiterals(document, () => MASK);
}

/** Inputs of a row with sealed values masked. */
export function maskSealedInputs(inputs: JsonObject): JsonObject {
  return mapEntries(inputs, (value) => mapSealed(value, () => MASK));
}

function mapLiterals(document: FlowDocument, change: (secret: Sealed) => Json): FlowDocument {
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

interface Sealed {
  sealed: string;
  keyId: string;
}

function mapSealed(value: Json, change: (secret: Sealed) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, change));
  if (!isJsonObject(value)) return value;
  const { [SEALED]: sealed, keyId } = value;
  if (typeof sealed === "string" && typeof keyId === "string") return change({ sealed, keyId });
  return mapEntries(value, (inner) => mapSealed(inner, change));
}

function mapEntries(values: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}

function placeOf(bulkId: string): string {
  return `bulk_runs:${bulkId}`;
}
