import { type KeyObject, verify } from "node:crypto";
import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";

/** How far the org's clock may be off. */
const SKEW_SECONDS = 300;

/** What an id_token must be to be believed. */
export interface Expected {
  issuer: string;
  clientId: string;
  nonce: string;
  now: number;
  /** The org's public keys by key id, see `orgKeys`. */
  keys: ReadonlyMap<string, KeyObject>;
}

/**
 * The login of the admin who authorized, from the id_token that came with the tokens. Nothing of it is read before its
 * signature is known to be the org's: of the algorithms a header may name only RS256 is accepted, the one every Okta org
 * signs with. Then issuer, audience, nonce and end are checked exactly. Source: OpenID Connect Core 3.1.3.7.
 * @throws CardError refused when it is not the org's, not for us, not from this org or not of this attempt
 */
export function verifyIdToken(idToken: string, expected: Expected): string | null {
  const { iss, aud, nonce, exp, preferred_username } = signedClaims(idToken, expected.keys);
  if (iss !== expected.issuer) {
    throw wrong(
      `The org calls itself ${String(iss)}, not ${expected.issuer}.`,
      "Connect it under that address.",
    );
  }
  if (![aud].flat().includes(expected.clientId)) throw wrong("The org's answer is meant for another app.");
  if (nonce !== expected.nonce) throw wrong("The org's answer belongs to another attempt.");
  if (typeof exp !== "number" || exp + SKEW_SECONDS < expected.now / 1000) {
    throw wrong("The org's answer has expired.", "Check the clock of the machine the console runs on.");
  }
  return typeof preferred_username === "string" ? preferred_username : null;
}

function signedClaims(idToken: string, keys: Expected["keys"]): JsonObject {
  const [header = "", claims = "", signature = "", ...more] = idToken.split(".");
  const { alg, kid } = jsonIn(header);
  const key = typeof kid === "string" ? keys.get(kid) : undefined;
  const isTheOrgs =
    more.length === 0 &&
    alg === "RS256" &&
    key !== undefined &&
    verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
  if (isTheOrgs) return jsonIn(claims);
  throw new CardError("The org's answer is not signed with the org's key; it was not used.", {
    kind: "refused",
    code: "oauth-wrong-signature",
    hint: "Begin again. If it stays so, something between the console and the org changes its answers.",
  });
}

function jsonIn(part: string): JsonObject {
  try {
    const json: Json = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
}

function wrong(message: string, hint?: string): CardError {
  return new CardError(message, { kind: "refused", code: "oauth-wrong-issuer", hint });
}
