import type { Card } from "../../../cards/define.ts";
import { okta } from "../client.ts";
import { groupIdInput, userIdInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";
import { statusOrNotFound, statusOutput } from "../status.ts";

const inputs = { group: groupIdInput, user: userIdInput };
const outputs = {
  status: statusOutput({
    label: "Status",
    group: "Result",
    missing: "there is no such group or user, or the user is no member to be removed",
  }),
};

/** What the two membership cards share. Both calls leave the same membership however often they are sent. */
const membership = {
  version: 1,
  connector: okta,
  category: "Groups",
  effect: "write",
  repeat: "safe",
  inputs,
  outputs,
  sample: { inputs: { group: SAMPLE_GROUP_ID, user: SAMPLE_USER_ID }, outputs: { status: 204 } },
} as const;

export const addUserToGroup = oktaAction({
  ...membership,
  id: "okta.groups.addUser",
  title: "Add User to Group",
  summary: "Makes a user a member of a group.",
  help:
    "A user who is a member already stays one; Okta then sends no event. A group or user that does not exist is no failure: " +
    "Status is 404 then, to be checked with If/Else. Only groups managed in Okta take members: " +
    "Everyone answers E0000060, groups of an application E0000006.",
  docs: docsUrl("Group", "assignUserToGroup"),
  keywords: ["group membership", "add new user to group", "assign group", "join group"],
  endpoint: "PUT /api/v1/groups/{groupId}/users/{userId}",
  scopes: ["okta.groups.manage"],
  run: async ({ inputs: { group, user }, client }) => {
    const at = path`/api/v1/groups/${{ group }}/users/${{ user }}`;
    return { status: await statusOrNotFound(client, { method: "PUT", path: at }) };
  },
});

export const removeUserFromGroup = oktaAction({
  ...membership,
  id: "okta.groups.removeUser",
  title: "Remove User from Group",
  summary: "Ends a user's membership in a group.",
  help:
    "A group or user that does not exist is no failure: Status is 404 then. Only groups managed in Okta. A user whom a group rule put there is excluded from that rule, so the rule does not add " +
    "them again.",
  docs: docsUrl("Group", "unassignUserFromGroup"),
  keywords: ["group membership", "unassign group", "leave group", "revoke access"],
  endpoint: "DELETE /api/v1/groups/{groupId}/users/{userId}",
  scopes: ["okta.groups.manage"],
  run: async ({ inputs: { group, user }, client }) => {
    const at = path`/api/v1/groups/${{ group }}/users/${{ user }}`;
    return { status: await statusOrNotFound(client, { method: "DELETE", path: at }) };
  },
});

export const membershipActions: Card[] = [addUserToGroup, removeUserFromGroup];
