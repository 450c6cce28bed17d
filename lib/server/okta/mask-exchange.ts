import { isSecretKey, MASK, maskSecretKeys } from "../../cards/secret-keys.ts";
import type { Json } from "../../flow/json.ts";

/** Longest body kept of one exchange, in characters. Longer ones are cut, and say so. */
const BODY_LIMIT = 16_384;

/** A body as text for the execution page: secrets masked, long ones cut. Undefined where there is none. */
export function maskedBody(body: Json | undefined): string | undefined {
  if (body === undefined || body === null) return undefined;
  const text = JSON.stringify(maskSecretKeys(body));
  return text.length > BODY_LIMIT ? `${text.slice(0, BODY_LIMIT)}… (${text.length} characters)` : text;
}

/**
 * An answer without the token it was asked with. What an org, or a proxy before it, repeats of a call would otherwise reach
 * a card, its outputs and the history, under keys nobody takes for secret.
 */
export function withoutToken(text: string, token: string): string {
  return token !== "" && text.includes(token) ? text.replaceAll(token, MASK) : text;
}

/** Path and query with the values of secret parameters masked. */
export function maskedPath(path: string): string {
  return path.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, start: string, key: string) =>
    isSecretKey(key) ? `${start}${key}=${MASK}` : whole,
  );
}
