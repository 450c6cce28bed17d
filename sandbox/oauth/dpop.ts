import { createHash, type JsonWebKey } from "node:crypto";
import { isObject } from "../http/fields.ts";
import type { Org } from "../org/org.ts";
import { decodeJwt, isSignedBy, thumbprint } from "./jwt.ts";

/** A proof may be this old, or this far ahead. */
const SKEW_SECONDS = 300;

/** What a proof must fit. */
export interface ProofContext {
  org: Org;
  proof: string;
  method: string;
  path: string;
  /** The Host header: the org may be reached by another name than the one it uses in links. */
  host: string;
  /** The token the proof comes with at the API; none at the token endpoint. */
  accessToken?: string;
}

/** The addresses an org is reached at by this request. */
export function addressesOf(org: Org, host: string): string[] {
  return [org.baseUrl, `http://${host}`, `https://${host}`];
}

/** What a DPoP proof says about itself: the thumbprint of its key and its nonce, or what is wrong with it. */
export function checkProof(context: ProofContext): { jkt: string; nonce: unknown } | { wrong: string } {
  const { org, method, path, host } = context;
  const jwt = decodeJwt(context.proof);
  if (jwt?.header.typ !== "dpop+jwt" || !isObject(jwt.header.jwk))
    return { wrong: "The DPoP proof JWT header is missing or invalid." };
  const jwk: JsonWebKey = jwt.header.jwk;
  if (!isSignedBy(jwt, jwk)) return { wrong: "The DPoP proof JWT signature is invalid." };
  const { htm, htu, iat, jti, ath, nonce } = jwt.payload;
  const addresses = addressesOf(org, host).map((address) => address + path);
  if (htm !== method || !addresses.includes(String(htu).split("?", 1)[0] ?? ""))
    return { wrong: "The DPoP proof JWT does not fit this request (htm, htu)." };
  const now = org.now();
  if (typeof iat !== "number" || Math.abs(now / 1000 - iat) > SKEW_SECONDS)
    return { wrong: "The DPoP proof JWT is too old or from the future (iat)." };
  if (typeof jti !== "string" || !org.oauth.firstUse(`dpop:${jti}`, now, now + 2 * SKEW_SECONDS * 1000))
    return { wrong: "The DPoP proof JWT has been used before (jti)." };
  if (context.accessToken !== undefined) {
    const wanted = createHash("sha256").update(context.accessToken).digest("base64url");
    if (ath !== wanted) return { wrong: "The DPoP proof JWT does not fit the access token (ath)." };
  }
  return { jkt: thumbprint(jwk), nonce };
}
