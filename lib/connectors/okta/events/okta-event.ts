import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";

/**
 * What all event cards read of an event of Okta (a LogEvent: an element of `data.events` of a delivery, or an entry of the
 * System Log). The intake puts `eventId`, `eventTime`, `source` and the headers of a delivery under the key `envelope`; an event read
 * from the System Log has none.
 */
export function eventSource(event: JsonObject): JsonObject {
  const { envelope, ...logEvent } = event;
  const delivery = isJsonObject(envelope) ? envelope : {};
  const debugContext = isJsonObject(event.debugContext) ? event.debugContext : {};
  return {
    dateAndTime: event.published ?? null,
    message: event.displayMessage ?? null,
    eventId: delivery.eventId ?? null,
    eventType: event.eventType ?? null,
    eventTime: delivery.eventTime ?? null,
    version: event.version ?? null,
    actor: event.actor ?? null,
    targets: targetsOf(event),
    uuid: event.uuid ?? null,
    source: delivery.source ?? null,
    headers: delivery.headers ?? null,
    debugData: debugContext.debugData ?? null,
    fullDetails: logEvent,
  };
}

/** The targets of an event; Okta sends null where there are none. */
export function targetsOf(event: JsonObject): JsonObject[] {
  return Array.isArray(event.target) ? event.target.filter(isJsonObject) : [];
}

/** The first target of a type, null where the event has none. */
export function firstTarget(event: JsonObject, type: string): JsonObject | null {
  return targetsOf(event).find((target) => target.type === type) ?? null;
}

/** A debug fact of an event. The catalogue names them in snake_case, deliveries in camelCase: both are read. */
export function debugFact(event: JsonObject, name: string): Json {
  const context = isJsonObject(event.debugContext) ? event.debugContext : {};
  const data = isJsonObject(context.debugData) ? context.debugData : {};
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return data[name] ?? data[snake] ?? null;
}
