import { maskNamed } from "../../cards/mask-text.ts";
import {
  type HiddenNames,
  isSecretKey,
  MASK,
  maskSecretKeys,
  NOTHING_HIDDEN,
} from "../../cards/secret-keys.ts";
import type { Json } from "../../flow/json.ts";

/** Longest body kept of one exchange, in characters. Longer ones are cut, and say so. */
const BODY_LIMIT = 16_384;

/**
 * A body as text for the execution page: secrets masked, long ones cut. Undefined where there is none.
 *
 * @param hidden attributes of the org that are masked too
 */
export function maskedBody(body: Json | undefined, hidden?: HiddenNames): string | undefined {
  if (body === undefined || body === null) return undefined;
  const text = JSON.stringify(maskSecretKeys(body, hidden));
  return text.length > BODY_LIMIT ? `${text.slice(0, BODY_LIMIT)}… (${text.length} characters)` : text;
}

/**
 * An answer without the token it was asked with. What an org, or a proxy before it, repeats of a call would otherwise reach
 * a card, its outputs and the history, under keys nobody takes for secret.
 */
export function withoutToken(text: string, token: string): string {
  return token !== "" && text.includes(token) ? text.replaceAll(token, MASK) : text;
}

/**
 * Path and query with the values of secret parameters masked, and what hidden attributes are compared with in a search or
 * filter.
 */
export function maskedPath(path: string, hidden: HiddenNames = NOTHING_HIDDEN): string {
  return path.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, start: string, key: string, value: string) => {
    if (isSecretKey(key) || hidden.has(decoded(key))) return `${start}${key}=${MASK}`;
    const said = decoded(value);
    const masked = maskNamed(said, hidden);
    if (masked === said) return whole;
    return `${start}${key}=${encodeURIComponent(masked).replaceAll(encodeURIComponent(MASK), MASK)}`;
  });
}

/** Part of a query, as it was before it became one. What is no such part stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    return part;
  }
}
