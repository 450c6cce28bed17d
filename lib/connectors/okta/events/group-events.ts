import type { Card } from "../../../cards/define.ts";
import { type EventCard, eventCard } from "./event-card.ts";
import { debugText, doer, type Facts, likely, oktaUser, target } from "./event-facts.ts";
import { userGroups } from "./user-groups.ts";

type Plain = Pick<EventCard, "id" | "title" | "summary" | "eventType" | "keywords" | "help" | "severity">;

function membershipEvent({ did, ...event }: Plain & { did: string }): Card {
  return eventCard({
    ...event,
    category: "Groups",
    scopes: ["okta.users.read"],
    facts: {
      admin: doer("Admin", `Who ${did} the group: an admin, or an application or group rule.`),
      user: oktaUser(`The user who was ${did} the group.`),
      group: target("Group", "UserGroup", `The group the user was ${did}.`),
      userGroups,
    },
  });
}

export const userAddedToGroup = membershipEvent({
  id: "okta.groups.userAdded",
  title: "User Added to Group",
  summary: "Starts the flow when a user becomes a member of a group.",
  eventType: "group.user_membership.add",
  keywords: ["joined group", "group membership", "access granted"],
  severity: "minor",
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

/** Events about a group itself. `done` is what happened to it: "created". */
function groupEvent({ done, more, ...event }: Plain & { done: string; more?: Facts }): Card {
  return eventCard({
    ...event,
    category: "Groups",
    facts: {
      admin: doer("Admin", `Who ${done} the group: an admin, or an application acting for one.`),
      group: target("Group", "UserGroup", `The group that was ${done}.`),
      ...more,
    },
  });
}

export const groupEvents: Card[] = [
  userAddedToGroup,
  userRemovedFromGroup,
  groupEvent({
    id: "okta.groups.created",
    title: "Group Created",
    summary: "Starts the flow when a group is created in Okta.",
    eventType: "group.lifecycle.create",
    keywords: ["new group", "group added"],
    done: "created",
  }),
  groupEvent({
    id: "okta.groups.deleted",
    title: "Group Deleted",
    summary: "Starts the flow when a group is deleted.",
    eventType: "group.lifecycle.delete",
    keywords: ["removed group", "group gone"],
    help: "The group is gone when the flow runs: only what the event says of it can be read.",
    done: "deleted",
  }),
  groupEvent({
    id: "okta.groups.profileUpdated",
    title: "Group Profile Updated",
    summary: "Starts the flow when a group's name, description or other attributes change.",
    eventType: "group.profile.update",
    keywords: ["group renamed", "group changed", "group attribute"],
    done: "updated",
    more: {
      changedAttributes: debugText(
        "Changed Attributes",
        "changedAttributes",
        "Names of the changed attributes as Okta lists them. Some orgs leave it out.",
      ),
    },
  }),
  eventCard({
    id: "okta.groups.pushFailed",
    title: "Group Push Failed",
    summary: "Starts the flow when Okta can't push a group to an application.",
    eventType: "application.provision.group_push.mapping.update.or.delete.failed.with.error",
    category: "Groups",
    keywords: ["group push error", "provisioning error", "group sync failed"],
    facts: {
      actor: doer("Actor", "Who caused the push: an admin, or Okta itself."),
      application: target("Okta Application", "AppInstance", "The application the group was pushed to."),
      group: target("Group", "UserGroup", "The group that was pushed."),
      groupPushMapping: likely(
        "Group Push Mapping",
        ["GroupPushMapping", "Group Push Mapping"],
        "The link between the group and its counterpart in the application.",
      ),
    },
  }),
];
