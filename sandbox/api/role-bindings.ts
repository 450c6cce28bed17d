import { bodyObject, type Json, requiredText, textList } from "../http/fields.ts";
import { invalid, notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { bindMember, logPrivileges } from "../org/admin-roles.ts";
import type {
  BindingRecord,
  CustomRoleRecord,
  MemberRecord,
  Principal,
  ResourceSetRecord,
} from "../org/iam.ts";
import { bindingEditJson, bindingJson, bindingRoleJson, memberJson } from "../org/iam-view.ts";
import { ORG_ID } from "../org/org.ts";
import { bodyPage } from "./body-page.ts";
import { logBinding, resourceSetOf, roleNamed, roleOf } from "./iam-access.ts";

const BINDINGS = "/api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings";
const BINDING = `${BINDINGS}/{roleIdOrLabel}`;
const MEMBER = `${BINDING}/members/{memberId}`;
/** Okta takes no page size here. */
const PAGE = 100;

/** Who holds custom roles for a resource set. */
export const roleBindingRoutes: Route[] = [
  route("GET", BINDINGS, listBindings),
  route("POST", BINDINGS, createBinding),
  route("GET", BINDING, (call) => ({
    status: 200,
    body: bindingJson(bindingOf(call), call.org.baseUrl),
  })),
  route("DELETE", BINDING, deleteBinding),
  route("GET", `${BINDING}/members`, listMembers),
  route("PATCH", `${BINDING}/members`, addMembers),
  route("GET", MEMBER, (call) => ({
    status: 200,
    body: memberJson(memberOf(call, bindingOf(call)), call.org.baseUrl),
  })),
  route("DELETE", MEMBER, removeMember),
];

function listBindings(call: Call): Answer {
  const { org } = call;
  const set = resourceSetOf(call);
  const own = org.iam.bindings.filter(({ resourceSetId }) => resourceSetId === set.id);
  const { items, _links } = bodyPage(call, own, PAGE);
  const href = `${org.baseUrl}/api/v1/iam/resource-sets/${set.id}`;
  const links = { self: { href: `${href}/bindings` }, "resource-set": { href }, ..._links._links };
  return {
    status: 200,
    body: { roles: items.map((binding) => bindingRoleJson(binding, org.baseUrl)), _links: links },
  };
}

function createBinding(call: Call): Answer {
  const { org } = call;
  const set = resourceSetOf(call);
  const body = bodyObject(call.body);
  const role = roleNamed(org, requiredText(body, "role"));
  if (org.iam.binding(role.id, set.id))
    throw invalid("role", "role: The role is bound to this resource set already");
  const members = readMembers(call, body, "members");
  const binding: BindingRecord = {
    seq: org.nextSeq(),
    roleId: role.id,
    resourceSetId: set.id,
    members: [],
  };
  org.iam.bindings.push(binding);
  bind(call, set, role, members);
  return { status: 200, body: bindingEditJson(binding, org.baseUrl) };
}

function addMembers(call: Call): Answer {
  const { org } = call;
  const binding = bindingOf(call);
  const added = readMembers(call, bodyObject(call.body), "additions").filter(
    ({ kind, id }) =>
      !binding.members.some(({ principal }) => principal.kind === kind && principal.id === id),
  );
  bind(call, resourceSetOf(call), roleOf(call), added);
  return { status: 200, body: bindingEditJson(binding, org.baseUrl) };
}

function bind(
  call: Call,
  set: ResourceSetRecord,
  role: CustomRoleRecord,
  members: readonly Principal[],
): void {
  if (members.length === 0) return;
  for (const member of members) bindMember(call.org, role, set.id, member);
  logBinding(call, "add", set, role, members);
  for (const member of members) logPrivileges(call.org, member, call.origin);
}

function deleteBinding(call: Call): Answer {
  const { org } = call;
  const binding = bindingOf(call);
  org.iam.bindings = org.iam.bindings.filter((item) => item !== binding);
  unbind(call, binding.members);
  return { status: 204 };
}

function removeMember(call: Call): Answer {
  const binding = bindingOf(call);
  const gone = memberOf(call, binding);
  binding.members = binding.members.filter((item) => item !== gone);
  unbind(call, [gone]);
  return { status: 204 };
}

function unbind(call: Call, gone: readonly MemberRecord[]): void {
  const role = roleOf(call);
  const principals = gone.map(({ principal }) => principal);
  logBinding(call, "delete", resourceSetOf(call), role, principals);
  for (const principal of principals) logPrivileges(call.org, principal, call.origin, role.label);
}

function listMembers(call: Call): Answer {
  const { org } = call;
  const binding = bindingOf(call);
  const { items, _links } = bodyPage(call, binding.members, PAGE);
  const set = `${org.baseUrl}/api/v1/iam/resource-sets/${binding.resourceSetId}`;
  const links = { ..._links._links, binding: { href: `${set}/bindings/${binding.roleId}` } };
  return {
    status: 200,
    body: { members: items.map((member) => memberJson(member, org.baseUrl)), _links: links },
  };
}

const PRINCIPAL = { users: "user", groups: "group" } as const;

/** Reads people and groups, each named by ORN or by its address in the API. Throws 400 E0000001 for any other. */
function readMembers(call: Call, body: Json, field: string): Principal[] {
  const { org } = call;
  const names = [...new Set(textList(body, field) ?? [])];
  if (names.length === 0) throw invalid(field, `${field}: The field cannot be left blank`);
  return names.map((name) => {
    const [, kind, id = ""] =
      /^(?:orn:okta:directory:(?:\w+):|\/api\/v1\/)(users|groups)[:/](\w+)$/.exec(
        name.startsWith(org.baseUrl) ? name.slice(org.baseUrl.length) : name,
      ) ?? [];
    const there = kind === "users" ? org.users.byId(id) : kind === "groups" && org.groups.byId(id);
    if ((kind !== "users" && kind !== "groups") || !there)
      throw invalid(field, `${field}: '${name}' names no user or group of org ${ORG_ID}`);
    return { kind: PRINCIPAL[kind], id };
  });
}

function bindingOf(call: Call): BindingRecord {
  const role = roleOf(call);
  const binding = call.org.iam.binding(role.id, resourceSetOf(call).id);
  if (!binding) throw notFound(role.id, "ResourceSetBinding");
  return binding;
}

function memberOf({ params }: Call, binding: BindingRecord): MemberRecord {
  const id = params.memberId ?? "";
  const found = binding.members.find((member) => member.id === id);
  if (!found) throw notFound(id, "ResourceSetBindingMember");
  return found;
}
