import { createHash, randomUUID } from "node:crypto";
import { type PrivateJwk, signJwt } from "./key-pair.ts";

/**
 * The newest nonce each org asked for. In the memory of the process: an org that wants another says so in its refusal,
 * and that costs one more request once. Okta's nonces live a day.
 */
const nonces = new Map<string, string>();

/** Orgs remembered at most; a console has a handful. */
const MAX_ORGS = 1_000;

/** Notes the nonce an org's answer names. @param headers lower-case names. @returns whether it is a new one */
export function noteNonce(orgUrl: string, headers: Record<string, string>): boolean {
  const nonce = headers["dpop-nonce"];
  if (nonce === undefined || nonces.get(orgUrl) === nonce) return false;
  if (nonces.size >= MAX_ORGS) nonces.clear();
  nonces.set(orgUrl, nonce);
  return true;
}

/**
 * A proof that the sender of this one request holds the key. Source: RFC 9449; Okta's "Configure OAuth 2.0 Demonstrating
 * Proof-of-Possession".
 * @param call.accessToken at the API; none at the token endpoint
 */
export function dpopProof(
  key: PrivateJwk,
  call: { orgUrl: string; method: string; url: URL; accessToken?: string; now: number },
): string {
  const { kty, crv, x, y } = key;
  const nonce = nonces.get(call.orgUrl);
  return signJwt(
    { typ: "dpop+jwt", jwk: { kty, crv, x, y } },
    {
      htm: call.method,
      // Without query and fragment, says the RFC.
      htu: call.url.origin + call.url.pathname,
      iat: Math.floor(call.now / 1000),
      jti: randomUUID(),
      ...(nonce === undefined ? {} : { nonce }),
      ...(call.accessToken === undefined ? {} : { ath: hashOf(call.accessToken) }),
    },
    key,
  );
}

function hashOf(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest("base64url");
}
