import { isJsonObject, type Json, type JsonObject } from "../flow/json.ts";
import type { Field, Fields } from "./field.ts";
import { maskSecretJson } from "./mask-text.ts";
import { type HiddenNames, isNothing, isSecretKey, MASK, maskKeys, type Taken } from "./secret-keys.ts";

export { MASK } from "./secret-keys.ts";

/** What is masked beside the values of secret fields. */
export interface Masking {
  /** Attributes an org's admin has marked: what stands under such a key anywhere. */
  hidden?: HiddenNames;
  /** Ways to values that are masked as a whole, because they are made of something secret. */
  whole?: readonly (readonly string[])[];
  /** Ways to values in which keys that hold secrets are masked, because they are made of an answer nobody declared. */
  keyed?: readonly (readonly string[])[];
  /** Gives a text back without what is secret in it, wherever it stands. */
  texts?: (text: string) => string;
  taken?: Taken;
}

/**
 * Values with those of secret fields masked, in objects and lists too. Takes values as they come, converted or not:
 * where an object with a secret child is expected and something else was given (a JSON text, say), all of it is masked.
 */
export function maskSecrets(values: JsonObject, fields: Fields, masking: Masking = {}): JsonObject {
  const { whole = [], keyed = [] } = masking;
  return maskedEntries(values, fields, { ...masking, whole, keyed, trail: [] });
}

interface Mask extends Masking {
  whole: readonly (readonly string[])[];
  keyed: readonly (readonly string[])[];
  /** Where the value at hand stands. */
  trail: string[];
}

function maskedEntries(values: JsonObject, fields: Fields, mask: Mask): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, Json] => {
      mask.trail.push(key);
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const masked = mask.hidden?.has(key) ? maskedSecret(value, mask) : maskedValue(value, field, mask);
      mask.trail.pop();
      return [key, masked];
    }),
  );
}

function maskedValue(value: Json, field: Field | undefined, mask: Mask): Json {
  const { trail, whole, keyed } = mask;
  if (value === null || value === "") return value;
  if (isAt(trail, whole)) return maskedSecret(value, mask);
  if (isAt(trail, keyed)) return maskedUnknown(value, mask);
  const leadsOn = leadsTo(trail, whole) || leadsTo(trail, keyed);
  // What was put together of several values and then became a text or a list has no place for its secret part any more.
  if (leadsOn && !isJsonObject(value)) return takenAs(value, mask);
  if (!field)
    return leadsOn && isJsonObject(value) ? maskedEntries(value, {}, mask) : hiddenMasked(value, mask);
  if (field.secret) return maskedSecret(value, mask);
  if (field.secretKeys && !leadsOn) {
    const body = typeof value === "string" ? (parsed(value) ?? value) : value;
    return asTaken(
      value,
      body,
      mask,
      maskKeys(body, { ...rulesWith(mask, body === value), secrets: true }, trail),
    );
  }
  if (!leadsOn && (!field.fields || !(looksInside(mask) || hasSecret(field.fields))))
    return hiddenMasked(value, mask);
  const fields = field.secretKeys ? undeclared(value) : (field.fields ?? {});
  if (Array.isArray(value))
    return value.map((item, index) => at(index, mask, () => maskedValue(item, field, mask)));
  if (isJsonObject(value)) return maskedEntries(value, fields, mask);
  return hasSecret(fields) ? takenAs(value, mask) : hiddenMasked(value, mask);
}

/** Fields of an object nobody declared the keys of, one of which is looked for apart. */
function undeclared(value: Json): Fields {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  return Object.fromEntries(
    keys.map((key): [string, Field] => {
      const rule = isSecretKey(key) ? { secret: true } : { secretKeys: true };
      return [key, { type: "any", label: key, ...rule }];
    }),
  );
}

/** Each item of a list alone: how many there are is no secret. */
function maskedSecret(value: Json, mask: Mask): Json {
  if (!Array.isArray(value)) return takenAs(value, mask);
  return value.map((item, index) => at(index, mask, () => maskedSecret(item, mask)));
}

/** Made of an answer whose keys nobody declared: it may be an object, or a text with one in it. */
function maskedUnknown(value: Json, mask: Mask): Json {
  if (typeof value !== "string") return maskKeys(value, { ...rulesWith(mask), secrets: true }, mask.trail);
  const masked = maskSecretJson(value);
  if (masked === value) return hiddenMasked(value, mask);
  mask.taken?.([...mask.trail], value);
  return hiddenMasked(masked, { ...mask, taken: undefined });
}

function hiddenMasked(value: Json, mask: Mask): Json {
  return looksInside(mask) ? maskKeys(value, rulesWith(mask), mask.trail) : value;
}

function looksInside({ hidden, texts }: Mask): boolean {
  return texts !== undefined || (hidden !== undefined && hidden.size > 0);
}

function rulesWith({ hidden, texts, taken }: Mask, tells = true) {
  return tells ? { hidden, texts, taken } : { hidden, texts };
}

/** A body given as text was looked at as what it says: what is taken is the text. */
function asTaken(value: Json, body: Json, mask: Mask, masked: Json): Json {
  if (body === value) return masked;
  if (masked === body) return value;
  mask.taken?.([...mask.trail], value);
  return masked;
}

function takenAs(value: Json, mask: Mask): Json {
  if (isNothing(value)) return value;
  mask.taken?.([...mask.trail], value);
  return MASK;
}

function at(index: number, mask: Mask, visit: () => Json): Json {
  mask.trail.push(String(index));
  const visited = visit();
  mask.trail.pop();
  return visited;
}

function isAt(trail: readonly string[], ways: readonly (readonly string[])[]): boolean {
  return ways.some((way) => way.length === trail.length && way.every((key, index) => key === trail[index]));
}

function leadsTo(trail: readonly string[], ways: readonly (readonly string[])[]): boolean {
  return ways.some((way) => way.length > trail.length && trail.every((key, index) => key === way[index]));
}

/**
 * Values without those that are masked: what was stored of an execution holds marks in place of its secrets, which must
 * not be sent as if they were the secrets themselves.
 */
export function withoutMasked(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, Json][] => {
      if (isMasked(value)) return [];
      return [[key, isJsonObject(value) ? withoutMasked(value) : value]];
    }),
  );
}

/** Whether a mark stands in place of a value, or anywhere in a list or a text of JSON. */
function isMasked(value: Json): boolean {
  if (typeof value === "string") return value.includes(MASK);
  return (
    Array.isArray(value) && value.some((item) => isMasked(item) || (isJsonObject(item) && hasMask(item)))
  );
}

/** Whether a mark stands anywhere in values. */
export function hasMask(values: JsonObject): boolean {
  return Object.values(values).some((value) => isMasked(value) || (isJsonObject(value) && hasMask(value)));
}

/** Whether values of these fields may hold a secret. */
export function hasSecret(fields: Fields): boolean {
  return Object.values(fields).some(
    (field) => field.secret || field.secretKeys || (field.fields && hasSecret(field.fields)),
  );
}

/** A body may be given as the text of its JSON. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
