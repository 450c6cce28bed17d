import { createPublicKey, type KeyObject } from "node:crypto";
import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { getPublic, oauthError, oauthUrl } from "./oauth-request.ts";

/** Below this a signature proves nothing any more. Okta's keys have 2048 bits. */
const LEAST_BITS = 2048;

/**
 * The public keys an org signs its id_tokens with, by their key id. Asked for with each consent: they are needed that
 * rarely, and Okta changes them about four times a year. Source: Okta's "Key rotation".
 * @throws CardError unavailable, rateLimited, or refused where the org publishes none
 */
export async function orgKeys(orgUrl: string): Promise<Map<string, KeyObject>> {
  const answer = await getPublic(oauthUrl(orgUrl, "keys"));
  if (answer.status !== 200) throw oauthError(answer, new URL(orgUrl).host, Date.now());
  const keys = Array.isArray(answer.body.keys) ? answer.body.keys : [];
  return new Map(keys.flatMap(readKey));
}

/** A key for signatures of the one algorithm that is accepted; others are none of ours. */
function readKey(jwk: Json): [string, KeyObject][] {
  if (!isJsonObject(jwk)) return [];
  const { kty, kid, n, e, use, alg } = jwk;
  const isOurs = kty === "RSA" && (use ?? "sig") === "sig" && (alg ?? "RS256") === "RS256";
  if (!isOurs || typeof kid !== "string" || typeof n !== "string" || typeof e !== "string") return [];
  const key = createPublicKey({ key: { kty, n, e }, format: "jwk" });
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < LEAST_BITS) {
    throw new CardError("The org signs with a key that is too short to be trusted.", {
      kind: "refused",
      code: "oauth-weak-key",
    });
  }
  return [[kid, key]];
}
