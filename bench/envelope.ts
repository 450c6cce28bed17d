import { randomUUID } from "node:crypto";

/** One event as Okta's hook delivers it. */
export function inEnvelope(event: { published: string }): object {
  return {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    contentType: "application/json",
    eventId: randomUUID(),
    eventTime: event.published,
    source: "https://bench.example/api/v1/eventHooks/whoBENCH",
    data: { events: [event] },
  };
}
