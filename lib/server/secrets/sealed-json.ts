import { isJsonObject, type Json } from "#lib/flow/json.ts";
import { type SealedSecret, seal, unseal } from "./vault.ts";

/** Where a sealed value stands in JSON that is stored: an object of this key and the id of the key it was closed with. */
export const SEALED = "$sealed";

/** A value closed for one place, as it stands in stored JSON. */
export function sealJson(value: Json, place: string): { [SEALED]: string; keyId: string } {
  const { sealed, keyId } = seal(JSON.stringify(value), place);
  return { [SEALED]: sealed, keyId };
}

/** What `sealJson` made of a value, where this is one. */
export function readSealed(value: Json | undefined): SealedSecret | undefined {
  if (!isJsonObject(value)) return undefined;
  const { [SEALED]: sealed, keyId } = value;
  return typeof sealed === "string" && typeof keyId === "string" ? { sealed, keyId } : undefined;
}

/**
 * The value that was closed for the same place.
 *
 * @throws SecretUnreadableError as `unseal`
 */
export function openJson(sealed: SealedSecret, place: string): Json {
  return JSON.parse(unseal(sealed, place)) as Json;
}
