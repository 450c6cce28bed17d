import type { LogRecord } from "./log-record.ts";
import { hookEventJson } from "./log-view.ts";

/** What a delivery says around its events. */
export interface EnvelopeFacts {
  eventId: string;
  /** ISO instant; a delivery that is sent again keeps the first one's. */
  eventTime: string;
  hookId: string;
  baseUrl: string;
}

/** The body of an event hook delivery, as Okta sends it. */
export function hookEnvelope(facts: EnvelopeFacts, records: readonly LogRecord[]): Record<string, unknown> {
  return {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    contentType: "application/json",
    source: `${facts.baseUrl}/api/v1/eventHooks/${facts.hookId}`,
    eventId: facts.eventId,
    eventTime: facts.eventTime,
    data: { events: records.map(hookEventJson) },
  };
}
