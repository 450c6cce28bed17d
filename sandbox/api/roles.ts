import { bodyObject, requiredText } from "../http/fields.ts";
import { cursorText, page, readCursor, readLimit } from "../http/paging.ts";
import { invalid, notFound, notSimulated, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { touch } from "../org/lifecycle.ts";
import { ORG_ID, type Org, userParty } from "../org/org.ts";
import type { RoleRecord, UserRecord } from "../org/users.ts";
import { userByIdOf } from "./user-access.ts";

/** Admin roles of users. */
export const roleRoutes: Route[] = [
  route("GET", "/api/v1/iam/assignees/users", listAdmins),
  route("GET", "/api/v1/users/{userId}/roles", (call) => {
    const user = userByIdOf(call);
    return { status: 200, body: user.roles.map((role) => roleJson(role, user, call.org)) };
  }),
  route("POST", "/api/v1/users/{userId}/roles", assignRole),
  route("GET", "/api/v1/users/{userId}/roles/{roleAssignmentId}", (call) => {
    const user = userByIdOf(call);
    return { status: 200, body: roleJson(roleOf(call, user), user, call.org) };
  }),
  route("DELETE", "/api/v1/users/{userId}/roles/{roleAssignmentId}", removeRole),
];

/** Label per standard role. USER_ADMIN really is called "Group Administrator". */
const LABELS: Record<string, string> = {
  SUPER_ADMIN: "Super Administrator",
  ORG_ADMIN: "Organization Administrator",
  APP_ADMIN: "Application Administrator",
  USER_ADMIN: "Group Administrator",
  HELP_DESK_ADMIN: "Help Desk Administrator",
  GROUP_MEMBERSHIP_ADMIN: "Group Membership Administrator",
  READ_ONLY_ADMIN: "Read Only Administrator",
  REPORT_ADMIN: "Report Administrator",
  API_ACCESS_MANAGEMENT_ADMIN: "API Access Management Administrator",
  WORKFLOWS_ADMIN: "Workflows Administrator",
  ACCESS_REQUESTS_ADMIN: "Access Requests Administrator",
  ACCESS_CERTIFICATIONS_ADMIN: "Access Certifications Administrator",
};

// This list pages in its body, not by a Link header.
function listAdmins(call: Call): Answer {
  const { org } = call;
  const limit = readLimit(call, 100, 100);
  const admins = [...org.users.all()].filter((user) => user.roles.length > 0);
  const { items } = page(admins, (user) => user.seq, readCursor(call), limit);
  const last = items.at(-1);
  const more = last !== undefined && admins.at(-1) !== last;
  const href = `${org.baseUrl}/api/v1/iam/assignees/users`;
  return {
    status: 200,
    body: {
      value: items.map((user) => assigneeJson(user, org)),
      ...(more
        ? { _links: { next: { href: `${href}?after=${cursorText({ seq: last.seq })}&limit=${limit}` } } }
        : {}),
    },
  };
}

function assigneeJson(user: UserRecord, org: Org): Record<string, unknown> {
  const self = `${org.baseUrl}/api/v1/users/${user.id}`;
  return {
    id: user.id,
    orn: `orn:okta:directory:${ORG_ID}:users:${user.id}`,
    _links: { self: { href: self }, roles: { href: `${self}/roles` } },
  };
}

function assignRole(call: Call): Answer {
  const { org } = call;
  const user = userByIdOf(call);
  const type = requiredText(bodyObject(call.body), "type");
  if (type === "CUSTOM") throw notSimulated("custom admin roles");
  if (!LABELS[type]) throw invalid("type", `type: must be one of ${Object.keys(LABELS).join(", ")}`);
  if (user.roles.some((role) => role.type === type)) throw problem("E0000090");
  const role: RoleRecord = { id: org.ids.next("ra1"), type, created: org.timestamp() };
  user.roles.push(role);
  logPrivileges(call, user, { privilegeGranted: labels(user) });
  return { status: 201, body: roleJson(role, user, org) };
}

// "grant" means that privileges changed and some remain; "revoke" that none is left.
function removeRole(call: Call): Answer {
  const user = userByIdOf(call);
  const role = roleOf(call, user);
  user.roles = user.roles.filter((item) => item !== role);
  const left = labels(user);
  const gone = LABELS[role.type] ?? role.type;
  logPrivileges(
    call,
    user,
    left ? { privilegeGranted: left, privilegeRevoked: gone } : { privilegeRevoked: gone },
  );
  return { status: 204 };
}

function logPrivileges(call: Call, user: UserRecord, debugData: Record<string, string>): void {
  const { org, origin } = call;
  touch(org, user);
  const eventType = `user.account.privilege.${user.roles.length > 0 ? "grant" : "revoke"}`;
  org.log.write({ eventType, origin, target: [userParty(user)], debugData });
}

const labels = (user: UserRecord): string =>
  user.roles.map((role) => LABELS[role.type] ?? role.type).join(", ");

function roleOf(call: Call, user: UserRecord): RoleRecord {
  const id = call.params.roleAssignmentId ?? "";
  const role = user.roles.find((item) => item.id === id);
  if (!role) throw notFound(id, "RoleAssignment");
  return role;
}

function roleJson(role: RoleRecord, user: UserRecord, org: Org): Record<string, unknown> {
  return {
    id: role.id,
    label: LABELS[role.type] ?? role.type,
    type: role.type,
    status: "ACTIVE",
    created: role.created,
    lastUpdated: role.created,
    assignmentType: "USER",
    _links: { assignee: { href: `${org.baseUrl}/api/v1/users/${user.id}` } },
  };
}
