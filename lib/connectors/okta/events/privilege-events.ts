import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { debugText, doer, type Fact, oktaUser, target } from "./event-facts.ts";

const GRANTED = debugText(
  "Privilege Granted",
  "privilegeGranted",
  "The admin roles there are now, as one text: Super administrator, Read-only administrator.",
);
const REVOKED = debugText("Privilege Revoked", "privilegeRevoked", "The admin roles that were taken away.");

const USER = { on: "user.account", category: "Users", key: "user" };
const GROUP = { on: "group", category: "Groups", key: "group" };

/** Events about the admin roles of a user or of a group's members. */
function privilegeEvent({
  whose,
  step,
  subject,
  ...event
}: Pick<EventCard, "id" | "title" | "summary" | "keywords" | "help" | "severity"> & {
  whose: typeof USER;
  step: "grant" | "revoke";
  subject: Fact;
}): Card {
  const gives = step === "grant";
  return eventCard({
    ...event,
    category: whose.category,
    eventType: `${whose.on}.privilege.${step}`,
    facts: {
      admin: doer(
        "Admin",
        `Who ${gives ? "granted" : "revoked"} it: an admin, or an application acting for one.`,
      ),
      [whose.key]: subject,
      privilegeGranted: GRANTED,
      privilegeRevoked: REVOKED,
    },
  });
}

const userGranted = oktaUser("The user whose admin roles changed.");
const userRevoked = oktaUser("The user who has no admin role any more.");

const GRANT_HELP =
  "Okta sends this for every change that leaves the user an admin role, the loss of one of several among them. " +
  "Privilege Granted names the roles the user has now.";
const REVOKE_HELP =
  "Okta sends this when the last admin role goes. Who loses one of several is in User Privilege Granted.";

export const privilegeEvents: Card[] = [
  privilegeEvent({
    id: "okta.users.privilegeGranted",
    title: "User Privilege Granted",
    summary: "Starts the flow when a user's admin roles change and some are left.",
    whose: USER,
    step: "grant",
    subject: userGranted,
    keywords: ["admin role", "role assigned", "administrator"],
    help: GRANT_HELP,
  }),
  privilegeEvent({
    id: "okta.users.privilegeRevoked",
    title: "User Privilege Revoked",
    summary: "Starts the flow when a user loses all admin roles.",
    whose: USER,
    step: "revoke",
    subject: userRevoked,
    keywords: ["admin role", "role unassigned", "administrator"],
    help: REVOKE_HELP,
  }),
  privilegeEvent({
    id: "okta.users.administratorAdded",
    title: "Administrator Added",
    summary: "Starts the flow when a user is given admin roles.",
    whose: USER,
    step: "grant",
    subject: userGranted,
    severity: "critical",
    keywords: ["new admin", "admin alert", "privilege granted", "bettercloud"],
    help:
      `${GRANT_HELP}\n\nThe same event as User Privilege Granted, under the name BetterCloud gives it, where it is an alert of ` +
      "severity Critical from the first event on.",
  }),
  privilegeEvent({
    id: "okta.users.administratorRemoved",
    title: "Administrator Removed",
    summary: "Starts the flow when a user is no longer an administrator.",
    whose: USER,
    step: "revoke",
    subject: userRevoked,
    severity: "critical",
    keywords: ["former admin", "admin alert", "privilege revoked", "bettercloud"],
    help:
      `${REVOKE_HELP}\n\nThe same event as User Privilege Revoked, under the name BetterCloud gives it, where it is an alert of ` +
      "severity Critical from the first event on.",
  }),
  privilegeEvent({
    id: "okta.groups.privilegeGranted",
    title: "Group Privilege Granted",
    summary: "Starts the flow when a group gives its members admin roles.",
    whose: GROUP,
    step: "grant",
    subject: target("Group", "UserGroup", "The group whose members have the roles now."),
    keywords: ["admin role", "group admin", "administrator"],
  }),
  privilegeEvent({
    id: "okta.groups.privilegeRevoked",
    title: "Group Privilege Revoked",
    summary: "Starts the flow when a group no longer gives its members admin roles.",
    whose: GROUP,
    step: "revoke",
    subject: target("Group", "UserGroup", "The group whose members lost the roles."),
    keywords: ["admin role", "group admin", "administrator"],
  }),
];
