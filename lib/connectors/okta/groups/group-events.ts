import { type Card, defineEvent } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { collect } from "../collect.ts";
import { EVENT_HOOK_DOCS } from "../docs-url.ts";
import { entityField, eventHead, eventTail } from "../events/event-fields.ts";
import { eventSource, firstTarget } from "../events/okta-event.ts";
import { sampleLogEvent } from "../events/sample-event.ts";
import { groupSource } from "../group-fields.ts";
import { path } from "../path.ts";
import { readOutputs } from "../read-outputs.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";

/** More groups than this are not looked up for one event: an event is not the place to page through thousands. */
const MAX_USER_GROUPS = 1000;

/** What differs between the events about a membership. */
interface MembershipEvent {
  id: string;
  title: string;
  summary: string;
  eventType: string;
  keywords: string[];
  did: string;
}

function membershipEvent({ eventType, did, ...event }: MembershipEvent): Card {
  const outputs = {
    ...eventHead,
    admin: entityField("Admin", `Who ${did} the group: an admin, or an application or group rule.`),
    user: entityField("Okta User", `The user who was ${did} the group.`),
    group: entityField("Group", `The group the user was ${did}.`),
    userGroups: field.objectList({
      label: "User Groups",
      help: `All groups the user is in now, looked up in Okta when a later card reads this (at most ${MAX_USER_GROUPS}). Empty where the user is gone.`,
      fields: {
        id: field.text({ label: "ID" }),
        name: field.text({ label: "Name" }),
        description: field.text({ label: "Description" }),
      },
    }),
    ...eventTail,
  };
  const sampleEvent = sampleLogEvent(eventType);
  return defineEvent({
    ...event,
    version: 1,
    docs: EVENT_HOOK_DOCS,
    connector: okta,
    category: "Groups",
    scopes: ["okta.eventHooks.manage", "okta.users.read"],
    outputs,
    listensTo: () => [eventType],
    readEvent: async ({ event: logEvent, client, wanted }) =>
      readOutputs(outputs, {
        ...eventSource(logEvent),
        userGroups: wanted("userGroups") ? await groupsOf(client, logEvent) : null,
      }),
    sampleEvent: () => sampleEvent,
    sample: {
      inputs: {},
      outputs: readOutputs(outputs, {
        ...eventSource(sampleEvent),
        userGroups: [groupSource(SAMPLE_OKTA_GROUP)],
      }),
    },
  });
}

/** The groups are not in the event. A user deleted since answers 404: the flow still runs, with no groups. */
async function groupsOf(client: OktaClient, event: JsonObject): Promise<JsonObject[]> {
  const user = firstTarget(event, "User")?.id;
  if (typeof user !== "string" || user === "") return [];
  try {
    const groups = await collect(client, { path: path`/api/v1/users/${{ user }}/groups` }, MAX_USER_GROUPS);
    return groups.map(groupSource);
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return [];
    throw error;
  }
}

export const userAddedToGroup = membershipEvent({
  id: "okta.groups.userAdded",
  title: "User Added to Group",
  summary: "Starts the flow when a user becomes a member of a group.",
  eventType: "group.user_membership.add",
  keywords: ["joined group", "group membership", "access granted"],
  did: "added to",
});

export const userRemovedFromGroup = membershipEvent({
  id: "okta.groups.userRemoved",
  title: "User Removed from Group",
  summary: "Starts the flow when a user stops being a member of a group.",
  eventType: "group.user_membership.remove",
  keywords: ["left group", "group membership", "access removed"],
  did: "removed from",
});

export const groupEvents: Card[] = [userAddedToGroup, userRemovedFromGroup];
