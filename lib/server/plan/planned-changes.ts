import { maskSecretKeys } from "#lib/cards/secret-keys.ts";
import type { PlannedChange } from "#lib/engine/execution.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { sameJson } from "#lib/flow/same-json.ts";

/** A body of hundreds of fields is not read by anybody; the request itself is kept whole. */
const MOST = 100;

/**
 * What a request body would change in the resource as it is now: each of its values that differs, secrets masked. What
 * the body does not name stays as it is, so it is not listed.
 */
export function changesOf(body: Json | undefined, before: JsonObject): PlannedChange[] {
  if (!isJsonObject(body)) return [];
  // Masked after comparing: a new password would look like the old one.
  return differing(body, before, []).slice(0, MOST).map(masked);
}

function differing(body: JsonObject, before: JsonObject, at: string[]): PlannedChange[] {
  return Object.entries(body).flatMap(([key, after]): PlannedChange[] => {
    const now = Object.hasOwn(before, key) ? before[key] : undefined;
    const field = [...at, key];
    if (isJsonObject(after)) return differing(after, isJsonObject(now) ? now : {}, field);
    if (now !== undefined && sameJson(now, after)) return [];
    return [{ field, after, ...(now === undefined ? {} : { before: now }) }];
  });
}

function masked({ field, before, after }: PlannedChange): PlannedChange {
  // Nested as it stood, so that a secret is known by the key around it too.
  const hide = (value: Json): Json => {
    const nested = field.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
    return field.reduce<Json>(
      (outer, key) => (isJsonObject(outer) ? (outer[key] ?? null) : outer),
      maskSecretKeys(nested),
    );
  };
  return {
    field,
    ...(before === undefined ? {} : { before: hide(before) }),
    ...(after === undefined ? {} : { after: hide(after) }),
  };
}
