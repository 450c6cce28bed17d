import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { z } from "zod";

/** A P-256 key as JWK. The private part `d` never leaves a sealed secret. */
const publicJwkSchema = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
});
export const privateJwkSchema = publicJwkSchema.extend({ d: z.string() });
export type PrivateJwk = z.infer<typeof privateJwkSchema>;

/** A public key as Okta takes it for an app. Source: Okta's "Implement OAuth for Okta with a service app". */
export interface PublicJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
  kid: string;
  alg: "ES256";
  use: "sig";
}

/** A new key. Elliptic, because a proof is signed for every call: some 30 times quicker than RSA with 2048 bits. */
export function newKey(): PrivateJwk {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateJwkSchema.parse(privateKey.export({ format: "jwk" }));
}

/** What may be shown: the key without its private part. */
export function publicJwk(key: PrivateJwk): PublicJwk {
  const { kty, crv, x, y } = key;
  return { kty, crv, x, y, kid: thumbprint(key), alg: "ES256", use: "sig" };
}

/** The key's name, the same wherever it is computed. Source: RFC 7638, the members in the order of the alphabet. */
export function thumbprint({ kty, crv, x, y }: PrivateJwk): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}

/** A compact JWT signed with ES256. */
export function signJwt(
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
  key: PrivateJwk,
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "ES256", ...header })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), {
    key: keyObject(key),
    dsaEncoding: "ieee-p1363",
  });
  return `${signed}.${signature.toString("base64url")}`;
}

/** Reading a JWK takes longer than signing with it, and a busy flow signs with the same one. */
const objects = new WeakMap<PrivateJwk, KeyObject>();

function keyObject(key: PrivateJwk): KeyObject {
  const known = objects.get(key);
  if (known) return known;
  const made = createPrivateKey({ key, format: "jwk" });
  objects.set(key, made);
  return made;
}
