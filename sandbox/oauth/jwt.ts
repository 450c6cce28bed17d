import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { isObject, type Json } from "../http/fields.ts";

const DIGESTS: Record<string, string> = { "256": "sha256", "384": "sha384", "512": "sha512" };
/** The algorithms Okta takes for assertions and proofs. */
export const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** A JWT taken apart, its signature not yet checked. */
export interface Jwt {
  header: Json;
  payload: Json;
  signed: string;
  signature: Buffer;
}

/** Takes a compact JWT apart, or null when it is none. */
export function decodeJwt(token: string): Jwt | null {
  const parts = token.split(".");
  const [head = "", body = "", tail = ""] = parts;
  try {
    const header: unknown = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
    const payload: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
    if (parts.length !== 3 || !isObject(header) || !isObject(payload)) return null;
    return { header, payload, signed: `${head}.${body}`, signature: Buffer.from(tail, "base64url") };
  } catch {
    return null;
  }
}

/** True when the key made the signature with the algorithm the header names. */
export function isSignedBy(jwt: Jwt, jwk: JsonWebKey): boolean {
  const alg = String(jwt.header.alg);
  if (!ALGORITHMS.includes(alg)) return false;
  try {
    const key: KeyObject = createPublicKey({ key: jwk, format: "jwk" });
    const curve = alg.startsWith("ES");
    if (curve !== (key.asymmetricKeyType === "ec")) return false;
    const options = curve ? { key, dsaEncoding: "ieee-p1363" as const } : { key };
    return verify(DIGESTS[alg.slice(2)] ?? "sha256", Buffer.from(jwt.signed), options, jwt.signature);
  } catch {
    return false; // no key at all, or one of another kind
  }
}

/** RFC 7638 thumbprint of a public key. */
export function thumbprint(jwk: JsonWebKey): string {
  const { kty, crv, x, y, e, n } = jwk;
  const parts = kty === "EC" ? { crv, kty, x, y } : { e, kty, n };
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

let made: { privateKey: KeyObject; publicJwk: JsonWebKey } | null = null;

// Made when the first id_token is asked for: an RSA key takes longer than the rest of the start together.
function serverKey() {
  if (!made) {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    made = { privateKey: pair.privateKey, publicJwk: pair.publicKey.export({ format: "jwk" }) };
  }
  return made;
}

/** The public key id_tokens are signed with, as /oauth2/v1/keys answers it. */
export function serverJwk(): Json {
  const { publicJwk } = serverKey();
  return { ...publicJwk, kid: thumbprint(publicJwk), use: "sig", alg: "RS256" };
}

/** A JWT signed by the org. */
export function signJwt(payload: Json): string {
  const { privateKey } = serverKey();
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: serverJwk().kid })}.${part(payload)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}
