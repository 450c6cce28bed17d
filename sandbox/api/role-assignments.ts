import { bodyObject, type Json, requiredText } from "../http/fields.ts";
import { readLimit } from "../http/paging.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import {
  type Assignment,
  assignmentsOf,
  bindMember,
  giveStandardRole,
  logPrivileges,
  ownAssignments,
  STANDARD_ROLES,
  takeRole,
} from "../org/admin-roles.ts";
import type { GroupRecord } from "../org/groups.ts";
import type { Principal } from "../org/iam.ts";
import { assignmentJson } from "../org/iam-view.ts";
import { touch } from "../org/lifecycle.ts";
import { ORG_ID, type Org } from "../org/org.ts";
import type { UserRecord } from "../org/users.ts";
import { bodyPage } from "./body-page.ts";
import { groupOf } from "./groups.ts";
import { logBinding, resourceSetNamed, roleNamed } from "./iam-access.ts";
import { userByIdOf } from "./user-access.ts";

/** Who a role of the address belongs to, and the roles seen there. */
interface Place {
  holder: Principal;
  assignments: Assignment[];
}

const ofUser = (call: Call): Place => {
  const user = userByIdOf(call);
  return { holder: { kind: "user", id: user.id }, assignments: assignmentsOf(call.org, user) };
};

const ofGroup = (call: Call): Place => {
  const holder: Principal = { kind: "group", id: groupOf(call).id };
  return { holder, assignments: ownAssignments(call.org, holder) };
};

/** Admin roles of users and of groups, and who has any. */
export const roleAssignmentRoutes: Route[] = [
  route("GET", "/api/v1/iam/assignees/users", listAdmins),
  ...routesOf("/api/v1/users/{userId}/roles", ofUser, 201),
  // Okta documents 201 here too, but without a body; its own client takes the assignment from a 200 only.
  ...routesOf("/api/v1/groups/{groupId}/roles", ofGroup, 200),
];

function routesOf(roles: string, placeOf: (call: Call) => Place, made: number): Route[] {
  const json = (call: Call, assignment: Assignment) => assignmentJson(assignment, call.org.baseUrl);
  return [
    route("GET", roles, (call) => ({
      status: 200,
      body: placeOf(call).assignments.map((assignment) => json(call, assignment)),
    })),
    route("POST", roles, (call) => ({ status: made, body: json(call, assign(call, placeOf(call))) })),
    route("GET", `${roles}/{roleAssignmentId}`, (call) => ({
      status: 200,
      body: json(call, assignmentOf(call, placeOf(call))),
    })),
    route("DELETE", `${roles}/{roleAssignmentId}`, (call) => take(call, placeOf(call))),
  ];
}

function assign(call: Call, { holder }: Place): Assignment {
  const { org, origin } = call;
  if (holder.kind === "group") checkGroup(org, groupOf(call));
  const body = bodyObject(call.body);
  const type = requiredText(body, "type");
  const own = ownAssignments(org, holder);
  const given = type === "CUSTOM" ? giveCustomRole(call, body, holder) : giveStandard(org, holder, type, own);
  touchUser(org, holder);
  logPrivileges(org, holder, origin);
  return given;
}

function giveStandard(org: Org, holder: Principal, type: string, own: Assignment[]): Assignment {
  if (!STANDARD_ROLES.includes(type))
    throw invalid("type", `type: must be one of ${STANDARD_ROLES.join(", ")}, CUSTOM`);
  if (own.some((role) => role.type === type)) throw problem("E0000090");
  return giveStandardRole(org, holder, type);
}

function giveCustomRole(call: Call, body: Json, holder: Principal): Assignment {
  const { org } = call;
  const role = roleNamed(org, requiredText(body, "role"));
  const set = resourceSetNamed(org, requiredText(body, "resource-set"));
  const taken = org.iam
    .of(holder)
    .some(({ binding }) => binding.roleId === role.id && binding.resourceSetId === set.id);
  if (taken) throw problem("E0000090");
  const given = bindMember(org, role, set.id, holder);
  logBinding(call, "add", set, role, [holder]);
  return given;
}

/** Okta's limit of people in a group that holds a role. */
const MAX_MEMBERS = 5000;

function checkGroup(org: Org, group: GroupRecord): void {
  if (group.type === "BUILT_IN") throw problem("E0000211", group.profile.name);
  const ruled = org.rules.active().find((rule) => rule.groupIds.includes(group.id));
  if (ruled) throw problem("E0000192", `Rule: ${ruled.name}`);
  if (group.members.size > MAX_MEMBERS) throw problem("E0000193", group.profile.name);
}

// What came through a group is taken from the group, not from one of its members.
function take(call: Call, place: Place): Answer {
  const { org, origin } = call;
  const assignment = assignmentOf(call, place);
  const { holder } = place;
  if (assignment.holder.kind !== holder.kind) throw notFound(assignment.id, "RoleAssignment");
  takeRole(org, assignment);
  touchUser(org, holder);
  if (assignment.custom) {
    const role = roleNamed(org, assignment.custom.roleId);
    logBinding(call, "delete", resourceSetNamed(org, assignment.custom.resourceSetId), role, [holder]);
  }
  logPrivileges(org, holder, origin, assignment.label);
  return { status: 204 };
}

function assignmentOf({ params }: Call, { assignments }: Place): Assignment {
  const id = params.roleAssignmentId ?? "";
  const found = assignments.find((assignment) => assignment.id === id);
  if (!found) throw notFound(id, "RoleAssignment");
  return found;
}

function touchUser(org: Org, holder: Principal): void {
  const user = holder.kind === "user" ? org.users.byId(holder.id) : undefined;
  if (user) touch(org, user);
}

// This list pages in its body, not by a Link header.
function listAdmins(call: Call): Answer {
  const { org } = call;
  const isAdmin = (user: UserRecord) => assignmentsOf(org, user).length > 0;
  const { items, _links } = bodyPage(call, org.users.all(), readLimit(call, 100, 100), isAdmin);
  return { status: 200, body: { value: items.map((user) => assigneeJson(user, org)), ..._links } };
}

function assigneeJson(user: UserRecord, org: Org): Json {
  const self = `${org.baseUrl}/api/v1/users/${user.id}`;
  return {
    id: user.id,
    orn: `orn:okta:directory:${ORG_ID}:users:${user.id}`,
    _links: { self: { href: self }, roles: { href: `${self}/roles` } },
  };
}
