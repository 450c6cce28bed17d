import { isJsonObject, type Json } from "../flow/json.ts";

/** What stands where a secret was. As long for every secret, so that it tells nothing of the length. */
export const MASK = "••••••";

/**
 * Keys whose values are secrets in Okta's requests and answers. `value` alone is none (profile enums have it), so
 * credentials are recognised by the keys around it. Source: the request and answer schemas of Okta's OpenAPI document.
 */
const SECRET_KEYS =
  /^(password|oldPassword|newPassword|tempPassword|answer|hash|hook|client_?secret|secret|api_?token|token|access_?token|refresh_?token|id_?token|activationToken|recoveryToken|activationUrl|recoveryUrl|resetPasswordUrl|authorization|privateKey|sharedSecret|passCode|sessionToken|cookieToken)$/i;

/** True for a key whose value is a secret wherever it stands. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEYS.test(key);
}

/** JSON nobody declared the fields of, with what stands under secret keys masked, however deep. */
export function maskSecretKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskSecretKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, hides(key, inner) ? MASK : maskSecretKeys(inner)]),
  );
}

/** Okta answers `"password": {}` for "has one": a fact, not a secret. */
function hides(key: string, value: Json): boolean {
  const empty = value === null || (isJsonObject(value) && Object.keys(value).length === 0);
  return isSecretKey(key) && !empty;
}
