import { randomUUID } from "node:crypto";
import { z } from "zod";
import { messageOf } from "../org/event-texts.ts";
import type { LogRecord } from "../org/log-record.ts";
import { type Org, userParty } from "../org/org.ts";
import { defaultTargets } from "./default-targets.ts";

const party = z.strictObject({
  id: z.string().min(1),
  type: z.string().min(1),
  alternateId: z.string().default("unknown"),
  displayName: z.string().default("unknown"),
  detailEntry: z.record(z.string(), z.unknown()).nullable().optional(),
});

/**
 * Two words or more with dots between. Small letters but for Okta's own exceptions: user.authentication.auth_via_IDP and a
 * few with hyphens.
 */
const EVENT_TYPE = /^[a-z][a-z0-9_]*(\.[a-zA-Z0-9_-]+){1,12}$/;

/**
 * What POST /sandbox/events takes: an event type, everything else is made believable. Any type that is written like one of
 * Okta's will do, since Okta's catalogue grows all the time; those hooks can't receive only come into the System Log.
 */
export const eventSchema = z.strictObject({
  eventType: z
    .string()
    .max(200)
    .regex(EVENT_TYPE, {
      error:
        "is not written like an event type: words with dots between, such as user.session.start; GET /sandbox/event-types " +
        "lists those hooks can receive, any other comes into the System Log alone",
    }),
  actor: party.optional(),
  target: z.array(party).nullable().optional(),
  debugData: z.record(z.string(), z.string()).default({}),
  outcome: z
    .strictObject({ result: z.string().default("SUCCESS"), reason: z.string().nullable().default(null) })
    .optional(),
  severity: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]).optional(),
  displayMessage: z.string().optional(),
  published: z.iso.datetime().optional(),
  uuid: z.string().min(1).optional(),
});

/** Writes an event as if it had happened in the org. Hooks receive it if they listen to its type, as only eligible types allow. */
export function injectEvent(org: Org, input: z.infer<typeof eventSchema>): LogRecord {
  const admin = org.users.byId(org.owners.full);
  const target = input.target === undefined ? defaultTargets(input.eventType, org) : input.target;
  const actor = input.actor ?? (admin ? userParty(admin) : target?.[0]);
  if (!actor) throw new Error("An event needs an actor; name one.");
  return org.log.write({
    eventType: input.eventType,
    target,
    debugData: input.debugData,
    origin: {
      actor,
      requestId: randomUUID().replaceAll("-", ""),
      requestUri: "/sandbox/events",
      url: "/sandbox/events?",
      ip: "127.0.0.1",
      userAgent: null,
    },
    ...(input.outcome ? { outcome: input.outcome } : {}),
    ...(input.severity ? { severity: input.severity } : {}),
    ...(input.displayMessage ? { displayMessage: input.displayMessage } : {}),
    ...(input.published ? { published: new Date(input.published).toISOString() } : {}),
    ...(input.uuid ? { uuid: input.uuid } : {}),
  });
}

/** What an injected event of this type says when nothing more is given: for a form to begin with. */
export function sampleEvent(org: Org, eventType: string): Record<string, unknown> {
  eventSchema.parse({ eventType });
  const admin = org.users.byId(org.owners.full);
  return {
    eventType,
    displayMessage: messageOf(eventType),
    severity: "INFO",
    outcome: { result: "SUCCESS", reason: null },
    ...(admin ? { actor: userParty(admin) } : {}),
    target: defaultTargets(eventType, org),
    debugData: {},
  };
}
