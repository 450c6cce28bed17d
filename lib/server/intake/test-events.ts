import { randomUUID } from "node:crypto";
import type { JsonObject } from "#lib/flow/json.ts";

/** For tests: an event as Okta sends it, cut down to what intake and event cards read. */
export function oktaEvent(changes: JsonObject = {}): JsonObject {
  return {
    uuid: randomUUID(),
    published: "2026-05-01T10:00:00.159Z",
    eventType: "group.user_membership.add",
    version: "0",
    severity: "INFO",
    displayMessage: "Add user to group membership",
    actor: { id: "00uADMIN", type: "User", alternateId: "joe@acme.example", displayName: "Joe Admin" },
    outcome: { result: "SUCCESS", reason: null },
    target: [
      { id: "00uANN", type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" },
      { id: "00gSALES", type: "UserGroup", alternateId: "unknown", displayName: "Sales" },
    ],
    ...changes,
  };
}

/** For tests: the envelope of an event hook's delivery. */
export function oktaDelivery(events: unknown[], changes: JsonObject = {}): object {
  return {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    contentType: "application/json",
    source: "https://acme.okta.com/api/v1/eventHooks/who1",
    eventId: randomUUID(),
    eventTime: "2026-05-01T10:00:01.093Z",
    data: { events },
    ...changes,
  };
}
