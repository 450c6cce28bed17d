import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import type { GroupRecord } from "../org/groups.ts";
import { joinGroup, leaveGroup } from "../org/membership.ts";
import { applyRules, excludeFromRules } from "../org/rule-engine.ts";
import { userListJson } from "../org/user-view.ts";
import { groupOf } from "./groups.ts";
import { userByIdOf } from "./user-access.ts";

/** /api/v1/groups/{groupId}/users. */
export const groupMemberRoutes: Route[] = [
  route("GET", "/api/v1/groups/{groupId}/users", listMembers),
  route("PUT", "/api/v1/groups/{groupId}/users/{userId}", addMember),
  route("DELETE", "/api/v1/groups/{groupId}/users/{userId}", removeMember),
];

function listMembers(call: Call): Answer {
  const { org } = call;
  const limit = readLimit(call, 1000, 1000);
  const { items, next } = page(groupOf(call).members, ([, joined]) => joined, readCursor(call), limit);
  const body = items.flatMap(([userId]) => {
    const user = org.users.byId(userId);
    return user ? [userListJson(user, org)] : [];
  });
  return { status: 200, body, headers: linkHeaders(call, limit, next) };
}

// Adding a member twice is 204 twice and one event: the API is idempotent.
function addMember(call: Call): Answer {
  const { org, origin } = call;
  const group = groupOf(call);
  const user = userByIdOf(call);
  checkManaged(group);
  if (joinGroup(org, group, user, origin)) applyRules(org, user, origin);
  return { status: 204 };
}

function removeMember(call: Call): Answer {
  const { org, origin } = call;
  const group = groupOf(call);
  const user = userByIdOf(call);
  checkManaged(group);
  if (group.members.has(user.id)) {
    excludeFromRules(org, group, user, origin);
    leaveGroup(org, group, user, origin);
    applyRules(org, user, origin);
  }
  return { status: 204 };
}

function checkManaged(group: GroupRecord): void {
  if (group.type === "BUILT_IN") throw problem("E0000060");
  if (group.type === "APP_GROUP") throw problem("E0000006");
}
