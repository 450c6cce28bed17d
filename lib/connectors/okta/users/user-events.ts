import { type Card, defineEvent } from "../../../cards/define.ts";
import type { TypedFields } from "../../../cards/field.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { entityField, eventHead, eventTail } from "../events/event-fields.ts";
import { debugFact, eventSource } from "../events/okta-event.ts";
import { sampleLogEvent } from "../events/sample-event.ts";
import { readOutputs } from "../read-outputs.ts";

/** What differs between the events about one user. */
interface UserEvent {
  id: string;
  title: string;
  summary: string;
  eventType: string;
  keywords: string[];
  help?: string;
  /** The words for what the admin did and what happened to the user. */
  did: string;
  extra?: TypedFields;
}

function userEvent({ eventType, did, extra, ...event }: UserEvent): Card {
  const outputs = {
    ...eventHead,
    admin: entityField("Admin", `Who ${did} the user: an admin, or an application acting for one.`),
    user: entityField("Okta User", `The user who was ${did}.`),
    ...extra,
    ...eventTail,
  };
  const read = (logEvent: Parameters<typeof eventSource>[0]) =>
    readOutputs(outputs, {
      ...eventSource(logEvent),
      changedAttributes: debugFact(logEvent, "changedAttributes"),
    });
  return defineEvent({
    ...event,
    version: 1,
    docs: EVENT_HOOK_DOCS,
    connector: okta,
    category: "Users",
    scopes: ["okta.eventHooks.manage"],
    outputs,
    listensTo: () => [eventType],
    readEvent: ({ event: logEvent }) => read(logEvent),
    sampleEvent: () => sampleLogEvent(eventType),
    sample: { inputs: {}, outputs: read(sampleLogEvent(eventType)) },
  });
}

export const userCreated = userEvent({
  id: "okta.users.created",
  title: "User Created",
  summary: "Starts the flow when a user is created in Okta.",
  eventType: "user.lifecycle.create",
  keywords: ["new user", "joiner", "onboarding", "hire"],
  did: "created",
});

export const userActivated = userEvent({
  id: "okta.users.activated",
  title: "User Activated",
  summary: "Starts the flow when a user is activated.",
  eventType: "user.lifecycle.activate",
  keywords: ["joiner", "onboarding", "enabled"],
  did: "activated",
});

export const userDeactivated = userEvent({
  id: "okta.users.deactivated",
  title: "User Deactivated",
  summary: "Starts the flow when a user is deactivated.",
  eventType: "user.lifecycle.deactivate",
  keywords: ["leaver", "offboarding", "deprovisioned", "disabled"],
  did: "deactivated",
});

export const userSuspended = userEvent({
  id: "okta.users.suspended",
  title: "User Suspended",
  summary: "Starts the flow when a user is suspended.",
  eventType: "user.lifecycle.suspend",
  keywords: ["blocked", "paused", "leave"],
  did: "suspended",
});

export const userProfileUpdated = userEvent({
  id: "okta.users.profileUpdated",
  title: "User Okta Profile Updated",
  summary: "Starts the flow when attributes of a user's Okta profile change.",
  eventType: "user.account.update_profile",
  keywords: ["user profile updated", "attribute changed", "mover", "department change"],
  help:
    "The event names the attributes that changed, not their values: follow it with Read User.\n\n" +
    "A flow that updates the user it listens to starts itself again. Compare before you update.",
  did: "updated",
  extra: {
    changedAttributes: field.text({
      label: "Changed Attributes",
      help: "Names of the changed attributes as Okta lists them. Some orgs leave it out.",
    }),
  },
});

export const userEvents: Card[] = [
  userCreated,
  userActivated,
  userDeactivated,
  userSuspended,
  userProfileUpdated,
];
