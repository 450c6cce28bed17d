import { bodyObject, isObject, type Json, objectField, requiredText, textList } from "../http/fields.ts";
import { invalid, notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { logPrivileges } from "../org/admin-roles.ts";
import type { CustomRoleRecord, PermissionRecord } from "../org/iam.ts";
import { customRoleJson, permissionJson } from "../org/iam-view.ts";
import { bodyPage } from "./body-page.ts";
import { roleOf, roleParty } from "./iam-access.ts";

const ROLES = "/api/v1/iam/roles";
const ROLE = `${ROLES}/{roleIdOrLabel}`;
const PERMISSION = `${ROLE}/permissions/{permissionType}`;
/** Okta takes no page size here. */
const PAGE = 100;

/** /api/v1/iam/roles: custom admin roles and their permissions. */
export const customRoleRoutes: Route[] = [
  route("GET", ROLES, listRoles),
  route("POST", ROLES, createRole),
  route("GET", ROLE, (call) => answer(call, roleOf(call))),
  route("PUT", ROLE, replaceRole),
  route("DELETE", ROLE, deleteRole),
  route("GET", `${ROLE}/permissions`, (call) => {
    const role = roleOf(call);
    return {
      status: 200,
      body: { permissions: role.permissions.map((item) => permissionJson(item, role, call.org.baseUrl)) },
    };
  }),
  route("GET", PERMISSION, (call) => answerPermission(call, permissionOf(call))),
  route("POST", PERMISSION, addPermission),
  route("PUT", PERMISSION, replacePermission),
  route("DELETE", PERMISSION, removePermission),
];

function answer(call: Call, role: CustomRoleRecord): Answer {
  return { status: 200, body: customRoleJson(role, call.org.baseUrl) };
}

function answerPermission(call: Call, permission: PermissionRecord): Answer {
  return { status: 200, body: permissionJson(permission, roleOf(call), call.org.baseUrl) };
}

function log({ org, origin }: Call, what: string, role: CustomRoleRecord, permissions: string[] = []): void {
  org.log.write({
    eventType: `iam.role.${what}`,
    origin,
    target: [roleParty(role)],
    ...(permissions.length > 0 ? { debugData: { permissions: permissions.join(",") } } : {}),
  });
}

function listRoles(call: Call): Answer {
  const { items, _links } = bodyPage(call, call.org.iam.roles, PAGE);
  return {
    status: 200,
    body: { roles: items.map((role) => customRoleJson(role, call.org.baseUrl)), ..._links },
  };
}

function createRole(call: Call): Answer {
  const { org } = call;
  const body = bodyObject(call.body);
  const named = readNames(call, body, null);
  const labels = [...new Set(textList(body, "permissions") ?? [])];
  if (labels.length === 0) throw invalid("permissions", "permissions: The field cannot be left blank");
  const now = org.timestamp();
  const role: CustomRoleRecord = {
    id: org.ids.next("cr0"),
    seq: org.nextSeq(),
    ...named,
    created: now,
    lastUpdated: now,
    permissions: labels.map((label) => newPermission(call, label, null)),
  };
  org.iam.roles.push(role);
  log(call, "create", role, labels);
  return answer(call, role);
}

function replaceRole(call: Call): Answer {
  const role = roleOf(call);
  Object.assign(role, readNames(call, bodyObject(call.body), role), { lastUpdated: call.org.timestamp() });
  log(call, "update", role);
  return answer(call, role);
}

// Whoever held the role has it no more, wherever it was for.
function deleteRole(call: Call): Answer {
  const { org, origin } = call;
  const role = roleOf(call);
  const gone = org.iam.bindings.filter(({ roleId }) => roleId === role.id);
  org.iam.bindings = org.iam.bindings.filter((binding) => !gone.includes(binding));
  org.iam.roles = org.iam.roles.filter((item) => item !== role);
  log(call, "delete", role);
  for (const { members } of gone)
    for (const { principal } of members) logPrivileges(org, principal, origin, role.label);
  return { status: 204 };
}

function readNames(
  { org }: Call,
  body: Json,
  owner: CustomRoleRecord | null,
): Pick<CustomRoleRecord, "label" | "description"> {
  const label = requiredText(body, "label");
  const description = requiredText(body, "description");
  const taken = org.iam.role(label);
  if (taken && taken !== owner)
    throw invalid("label", "label: An object with this field already exists in the current organization");
  return { label, description };
}

// Adding one that is there already is 204 as well, and changes nothing but its conditions.
function addPermission(call: Call): Answer {
  const role = roleOf(call);
  const label = call.params.permissionType ?? "";
  const conditions = readConditions(call);
  const known = role.permissions.find((item) => item.label === label);
  if (known) known.conditions = conditions;
  else {
    role.permissions.push(newPermission(call, label, conditions));
    log(call, "permissions.add", role, [label]);
  }
  return { status: 204 };
}

function replacePermission(call: Call): Answer {
  const permission = permissionOf(call);
  const conditions = readConditions(call);
  const what = conditions ? "add" : "delete";
  if (conditions || permission.conditions)
    log(call, `permission.conditions.${what}`, roleOf(call), [permission.label]);
  permission.conditions = conditions;
  permission.lastUpdated = call.org.timestamp();
  return answerPermission(call, permission);
}

function removePermission(call: Call): Answer {
  const role = roleOf(call);
  const gone = permissionOf(call);
  role.permissions = role.permissions.filter((item) => item !== gone);
  log(call, "permissions.delete", role, [gone.label]);
  return { status: 204 };
}

function newPermission({ org }: Call, label: string, conditions: Json | null): PermissionRecord {
  // Okta has some eighty and adds more; the form is all that can be held against.
  if (!/^okta(\.[A-Za-z]+)+$/.test(label))
    throw invalid("permissions", `permissions: '${label}' is not a permission`);
  const now = org.timestamp();
  return { label, created: now, lastUpdated: now, conditions };
}

function readConditions({ body }: Call): Json | null {
  return isObject(body) ? (objectField(body, "conditions") ?? null) : null;
}

function permissionOf(call: Call): PermissionRecord {
  const label = call.params.permissionType ?? "";
  const found = roleOf(call).permissions.find((item) => item.label === label);
  if (!found) throw notFound(label, "Permission");
  return found;
}
