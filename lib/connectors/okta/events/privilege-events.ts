import type { Card } from "../../../cards/define.ts";
import { administratorChange, USER_GRANT, USER_REVOKE } from "./administrator-change.ts";
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
  change,
  ...event
}: Pick<EventCard, "id" | "title" | "summary" | "keywords" | "help" | "severity" | "hears" | "scopes"> & {
  whose: typeof USER;
  step: "grant" | "revoke";
  subject: Fact;
  /** Runs the flow only where the user became an administrator, or ceased to be one. */
  change?: "added" | "removed";
}): Card {
  const gives = step === "grant";
  return eventCard(
    {
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
    },
    change && administratorChange(change),
  );
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
    summary: "Starts the flow when a user who had no admin role is given one.",
    whose: USER,
    step: "grant",
    change: "added",
    hears: [USER_REVOKE],
    scopes: ["okta.roles.read"],
    subject: oktaUser("The user who is an administrator now."),
    severity: "critical",
    keywords: ["new admin", "admin alert", "privilege granted", "bettercloud"],
    help:
      "Okta has no event for this: it tells that admin roles changed, also when an administrator gets or loses one of " +
      "several. The flow remembers for each user what the events said, and runs when there was no role before; for others " +
      "its history says why it did not run. Where the first event about a user names several roles, their age is looked up. " +
      "Roles a group gives its members are in Group Privilege Granted.\n\n" +
      "BetterCloud knows it as an alert of severity Critical from the first event on.",
  }),
  privilegeEvent({
    id: "okta.users.administratorRemoved",
    title: "Administrator Removed",
    summary: "Starts the flow when a user loses the last admin role.",
    whose: USER,
    step: "revoke",
    change: "removed",
    hears: [USER_GRANT],
    subject: userRevoked,
    severity: "critical",
    keywords: ["former admin", "admin alert", "privilege revoked", "bettercloud"],
    help:
      "Okta tells the loss of one of several roles as User Privilege Granted with the roles that are left; the flow runs " +
      "when none is. It remembers for each user what the events said, so that the end of one administrator runs it once. " +
      "Roles a group gives its members are in Group Privilege Revoked.\n\n" +
      "BetterCloud knows it as an alert of severity Critical from the first event on.",
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
