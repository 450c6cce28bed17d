import { defineEvent } from "../../../cards/define.ts";
import type { TypedFields } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { alertSettings } from "./alert-settings.ts";
import { allOf } from "./conditions.ts";
import { USER_SCOPE } from "./event-card.ts";
import { entityField, entityListField, eventHead, eventTail } from "./event-fields.ts";
import { EVENT_TYPE_CHOICES } from "./event-types.ts";
import { LOG_EVENT_TYPE_CHOICES } from "./log-event-types.ts";
import { eventSource, firstTarget } from "./okta-event.ts";
import { runConditions } from "./run-conditions.ts";
import { sampleLogEvent } from "./sample-event.ts";

const STANDARD_TYPE = "user.session.start";

/**
 * Two words or more with dots between. Okta writes them in small letters with underscores but for abbreviations
 * (user.authentication.auth_via_IDP) and some hyphens, and compares them letter by letter.
 */
const EVENT_TYPE_PATTERN = "[a-z][a-z0-9_]*(\\.[a-zA-Z0-9_-]+){1,12}";

/** Of types nobody described, the first user and the first group are the best guess. */
const about = {
  user: (event: JsonObject) => firstTarget(event, "User"),
  group: (event: JsonObject) => firstTarget(event, "UserGroup"),
};

const outputs = {
  ...eventHead,
  actor: entityField("Actor", "Who did it."),
  targets: entityListField("Targets", "What it was done to: users, groups, applications and others."),
  ...eventTail,
};

export const customWebhook = defineEvent<typeof outputs, OktaClient, TypedFields>({
  id: "okta.events.custom",
  version: 1,
  title: "Custom Webhook",
  summary: "Starts the flow on any event type of Okta.",
  help: 'Choose the event type. What it is about stands in Targets, and the whole event in Full Details. Types marked "through the System Log" are none an event hook of Okta delivers: they are read from the log every ten seconds or so, and need the right to read it. Okta adds types all the time; one that is not in the list can be typed and is read from the log too.',
  docs: EVENT_HOOK_DOCS,
  connector: okta,
  category: "Events",
  keywords: ["event hook", "any event", "system log", "trigger", "event type"],
  scopes: ["okta.eventHooks.manage", "okta.logs.read", USER_SCOPE],
  options: {
    eventType: {
      label: "Event",
      help: "Search it by any part of its name. A type Okta has and the list has not can be typed.",
      choices: [...EVENT_TYPE_CHOICES, ...LOG_EVENT_TYPE_CHOICES],
      typed: {
        pattern: EVENT_TYPE_PATTERN,
        means: "through the System Log",
        hint: "choose a type, or type one in full, words with dots between: user.session.start",
      },
      default: STANDARD_TYPE,
    },
  },
  ...allOf(runConditions(about), alertSettings(about)),
  outputs,
  listensTo: ({ eventType }) => (eventType ? [eventType] : []),
  readEvent: ({ event }) => readOutputs(outputs, eventSource(event)),
  sampleEvent: ({ eventType }) => sampleLogEvent(eventType ?? STANDARD_TYPE),
  sample: { inputs: {}, outputs: readSample(outputs, eventSource(sampleLogEvent(STANDARD_TYPE))) },
});
