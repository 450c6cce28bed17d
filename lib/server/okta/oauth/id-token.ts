import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";

/** How far the org's clock may be off. */
const SKEW_SECONDS = 300;

/**
 * The login of the admin who authorized, from the id_token that came with the tokens. Its signature is not looked at:
 * it came from the token endpoint itself over the connection whose certificate was checked, which OpenID Connect Core
 * (3.1.3.7, 6) lets stand for it. Issuer, audience, nonce and end are checked exactly.
 * @throws CardError refused when it is not for us, not from this org or not of this attempt
 */
export function readIdToken(
  idToken: string,
  expected: { issuer: string; clientId: string; nonce: string; now: number },
): string | null {
  const claims = claimsOf(idToken);
  const { iss, aud, nonce, exp, preferred_username } = claims;
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

function claimsOf(idToken: string): JsonObject {
  try {
    const claims: Json = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8"));
    return isJsonObject(claims) ? claims : {};
  } catch {
    return {};
  }
}

function wrong(message: string, hint?: string): CardError {
  return new CardError(message, { kind: "refused", code: "oauth-wrong-issuer", hint });
}
