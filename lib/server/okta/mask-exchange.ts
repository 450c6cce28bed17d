import { isJsonObject, type Json } from "../../flow/json.ts";

/** Longest body kept of one exchange, in characters. Longer ones are cut, and say so. */
const BODY_LIMIT = 16_384;
const MASK = "••••••";

/**
 * Keys whose values are secrets in Okta's requests and answers. `value` alone is none (profile enums have it), so
 * credentials are recognised by the keys around it. Source: the request and answer schemas of Okta's OpenAPI document.
 */
const SECRET_KEYS =
  /^(password|oldPassword|newPassword|tempPassword|answer|hash|hook|client_?secret|secret|api_?token|token|access_?token|refresh_?token|id_?token|activationToken|recoveryToken|activationUrl|recoveryUrl|resetPasswordUrl|authorization|privateKey|sharedSecret|passCode|sessionToken|cookieToken)$/i;

/** A body as text for the execution page: secrets masked, long ones cut. Undefined where there is none. */
export function maskedBody(body: Json | undefined): string | undefined {
  if (body === undefined || body === null) return undefined;
  const text = JSON.stringify(masked(body));
  return text.length > BODY_LIMIT ? `${text.slice(0, BODY_LIMIT)}… (${text.length} characters)` : text;
}

/** Path and query with the values of secret parameters masked. */
export function maskedPath(path: string): string {
  return path.replace(/([?&])([^=&]+)=([^&]*)/g, (whole, start: string, key: string) =>
    SECRET_KEYS.test(key) ? `${start}${key}=${MASK}` : whole,
  );
}

function masked(value: Json): Json {
  if (Array.isArray(value)) return value.map(masked);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_KEYS.test(key) && inner !== null && !isEmptyObject(inner) ? MASK : masked(inner),
    ]),
  );
}

/** Okta answers `"password": {}` for "has one": a fact, not a secret. */
function isEmptyObject(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
