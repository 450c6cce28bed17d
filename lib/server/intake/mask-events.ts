import { type HiddenNames, isNothing, MASK, maskKeys } from "#lib/cards/secret-keys.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import type { LogEvent } from "./log-event.ts";

/**
 * Parts of an event that say where it came from and how it ended. No profile stands there, and some of their keys are called as
 * attributes are (`city`, `state`, `type`): flows that look at them must go on seeing what Okta sent.
 */
const NOT_OF_A_PROFILE: ReadonlySet<string> = new Set([
  "client",
  "device",
  "request",
  "authenticationContext",
  "securityContext",
]);

/** What an event says of its parties, its transaction and its outcome: what flows are started and told apart by. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  "id",
  "type",
  "alternateId",
  "displayName",
  "result",
  "reason",
]);

/**
 * Events as they are stored of an org with hidden attributes: values under such names are masked in what Okta adds to an
 * event (`target[].changeDetails`, `detailEntry`, `debugContext.debugData`, `transaction.detail`), and in texts that hold
 * JSON or a search. Unlike outputs they are not sealed beside the mark: a flow that needs the value reads the user. Names
 * alone (`changedAttributes`) stay, and so do an event's own keys, without which it is none.
 *
 * @param hidden as the connection has them; with none the events are given back as they came, not walked
 */
export function maskEvents(events: readonly LogEvent[], hidden: readonly string[]): readonly LogEvent[] {
  if (hidden.length === 0) return events;
  const names: HiddenNames = new Set(hidden);
  return events.map((event) => ({ ...event, payload: maskedPayload(event.payload, names) }));
}

function maskedPayload(payload: JsonObject, hidden: HiddenNames): JsonObject {
  return mapped(payload, (key, part) => {
    if (NOT_OF_A_PROFILE.has(key)) return part;
    return Array.isArray(part) ? part.map((one) => maskedPart(one, hidden)) : maskedPart(part, hidden);
  });
}

function maskedPart(part: Json, hidden: HiddenNames): Json {
  if (!isJsonObject(part)) return maskKeys(part, { hidden });
  return mapped(part, (key, value) => {
    const inner = maskKeys(value, { hidden });
    return hidden.has(key) && !OWN_KEYS.has(key) && !isNothing(value) ? MASK : inner;
  });
}

function mapped(object: JsonObject, change: (key: string, value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}
