import { isJsonObject, type Json } from "../flow/json.ts";
import { MASK, maskNamed, SECRET_NAMES } from "./mask-text.ts";

export { MASK } from "./mask-text.ts";

/**
 * Keys whose values are secrets in Okta's requests and answers. `value` alone is none (profile enums have it), so
 * credentials are recognised by the keys around it. Source: the request and answer schemas of Okta's OpenAPI document.
 */
const SECRET_KEYS = new RegExp(`^(?:${SECRET_NAMES})$`, "i");

/** True for a key whose value is a secret wherever it stands. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEYS.test(key);
}

/** Names of profile attributes an org's admin wants neither shown nor kept in the clear, as Okta writes them. */
export type HiddenNames = ReadonlySet<string>;

export const NOTHING_HIDDEN: HiddenNames = new Set();

/** Told of each value a mark was put in place of, and where it stood: indexes of lists as text. */
export type Taken = (path: string[], value: Json) => void;

export interface KeyRules {
  /** Whether keys that are known to hold secrets are masked too. */
  secrets?: boolean;
  hidden?: HiddenNames;
  /** Gives a text back without what is secret in it, wherever it stands. */
  texts?: (text: string) => string;
  taken?: Taken;
}

/** JSON nobody declared the fields of, with what stands under secret keys masked, however deep. */
export function maskSecretKeys(value: Json, hidden: HiddenNames = NOTHING_HIDDEN): Json {
  return maskKeys(value, { secrets: true, hidden });
}

/**
 * JSON with what stands under certain keys masked, however deep, also in texts that hold JSON or a search expression. What
 * holds none of it is given back as it is, not copied: every answer of every call comes this way.
 *
 * @param trail where the value stands, for `taken`; changed while this runs and left as it was
 */
export function maskKeys(value: Json, rules: KeyRules, trail: string[] = []): Json {
  if (typeof value === "string") return maskedText(value, rules, trail);
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? maskedList(value, rules, trail) : maskedObject(value, rules, trail);
}

function maskedList(list: Json[], rules: KeyRules, trail: string[]): Json[] {
  let changed: Json[] | undefined;
  list.forEach((item, index) => {
    trail.push(String(index));
    const masked = maskKeys(item, rules, trail);
    trail.pop();
    if (masked === item) return;
    changed ??= [...list];
    changed[index] = masked;
  });
  return changed ?? list;
}

function maskedObject(object: { [key: string]: Json }, rules: KeyRules, trail: string[]): Json {
  let changed = false;
  const entries = Object.entries(object).map(([key, inner]): [string, Json] => {
    trail.push(key);
    const masked = hides(key, inner, rules) ? take(inner, rules, trail) : maskKeys(inner, rules, trail);
    trail.pop();
    changed ||= masked !== inner;
    return [key, masked];
  });
  return changed ? Object.fromEntries(entries) : object;
}

function maskedText(text: string, { hidden, texts, taken }: KeyRules, trail: string[]): string {
  const named = hidden && hidden.size > 0 ? maskNamed(text, hidden) : text;
  const masked = texts ? texts(named) : named;
  if (masked !== text) taken?.([...trail], text);
  return masked;
}

function take(value: Json, { taken }: KeyRules, trail: string[]): string {
  taken?.([...trail], value);
  return MASK;
}

/** Okta answers `"password": {}` for "has one": a fact, not a secret. */
function hides(key: string, value: Json, { secrets, hidden }: KeyRules): boolean {
  if (hidden?.has(key)) return !isNothing(value);
  return secrets === true && isSecretKey(key) && value !== null && !isEmptyObject(value);
}

/** Whether there is nothing to hide, which may be seen. */
export function isNothing(value: Json): boolean {
  return (
    value === null || value === "" || isEmptyObject(value) || (Array.isArray(value) && value.length === 0)
  );
}

function isEmptyObject(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
