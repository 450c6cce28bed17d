import type { Assignment } from "./admin-roles.ts";
import type {
  BindingRecord,
  CustomRoleRecord,
  MemberRecord,
  PermissionRecord,
  ResourceRecord,
  ResourceSetRecord,
} from "./iam.ts";

type Json = Record<string, unknown>;
const PLURAL = { user: "users", group: "groups" };

/** A role assignment as /users/{id}/roles and /groups/{id}/roles answer it. */
export function assignmentJson(assignment: Assignment, baseUrl: string): Json {
  const { id, label, type, created, holder, custom } = assignment;
  const assignee = { href: `${baseUrl}/api/v1/${PLURAL[holder.kind]}/${holder.id}` };
  return {
    id,
    label,
    type,
    status: "ACTIVE",
    created,
    lastUpdated: created,
    assignmentType: holder.kind === "user" ? "USER" : "GROUP",
    ...(custom ? { "resource-set": custom.resourceSetId, role: custom.roleId } : {}),
    _links: {
      assignee,
      ...(custom
        ? {
            role: { href: `${baseUrl}/api/v1/iam/roles/${custom.roleId}` },
            "resource-set": { href: `${baseUrl}/api/v1/iam/resource-sets/${custom.resourceSetId}` },
            permissions: { href: `${baseUrl}/api/v1/iam/roles/${custom.roleId}/permissions` },
            member: { href: `${bindingHref(baseUrl, custom)}/members/${id}` },
          }
        : {}),
    },
  };
}

/** A custom role as /iam/roles answers it. */
export function customRoleJson(role: CustomRoleRecord, baseUrl: string): Json {
  const { id, label, description, created, lastUpdated } = role;
  const self = `${baseUrl}/api/v1/iam/roles/${id}`;
  const _links = { permissions: { href: `${self}/permissions` }, self: { href: self } };
  return { id, label, description, created, lastUpdated, _links };
}

/** A permission of a custom role. */
export function permissionJson(permission: PermissionRecord, role: CustomRoleRecord, baseUrl: string): Json {
  const href = `${baseUrl}/api/v1/iam/roles/${role.id}`;
  return {
    ...permission,
    _links: { role: { href }, self: { href: `${href}/permissions/${permission.label}` } },
  };
}

/** A resource set as /iam/resource-sets answers it. */
export function resourceSetJson(set: ResourceSetRecord, baseUrl: string): Json {
  const { id, label, description, created, lastUpdated } = set;
  const self = `${baseUrl}/api/v1/iam/resource-sets/${id}`;
  const links = { resources: { href: `${self}/resources` }, bindings: { href: `${self}/bindings` } };
  return { id, label, description, created, lastUpdated, _links: { self: { href: self }, ...links } };
}

/** One resource of a set. */
export function resourceJson(resource: ResourceRecord, set: ResourceSetRecord, baseUrl: string): Json {
  const { id, orn, path, created, lastUpdated, conditions } = resource;
  const self = `${baseUrl}/api/v1/iam/resource-sets/${set.id}/resources/${id}`;
  return {
    id,
    orn,
    created,
    lastUpdated,
    ...(conditions ? { conditions } : {}),
    _links: { self: { href: self }, ...(path ? { resource: { href: baseUrl + path } } : {}) },
  };
}

/** A binding in the list of those of a resource set. */
export function bindingRoleJson(binding: BindingRecord, baseUrl: string): Json {
  const self = bindingHref(baseUrl, binding);
  const _links = { self: { href: self }, members: { href: `${self}/members` } };
  return { id: binding.roleId, _links };
}

/** A binding read alone: names its resource set besides. */
export function bindingJson(binding: BindingRecord, baseUrl: string): Json {
  const self = bindingHref(baseUrl, binding);
  const set = `${baseUrl}/api/v1/iam/resource-sets/${binding.resourceSetId}`;
  const _links = {
    self: { href: self },
    "resource-set": { href: set },
    members: { href: `${self}/members` },
  };
  return { id: binding.roleId, _links };
}

/** What creating a binding, or adding members to one, answers: links alone. */
export function bindingEditJson(binding: BindingRecord, baseUrl: string): Json {
  const set = `${baseUrl}/api/v1/iam/resource-sets/${binding.resourceSetId}`;
  return {
    _links: {
      self: { href: bindingHref(baseUrl, binding) },
      bindings: { href: `${set}/bindings` },
      "resource-set": { href: set },
    },
  };
}

/** A member of a binding; its self link is the user or group. */
export function memberJson({ id, created, principal }: MemberRecord, baseUrl: string): Json {
  const href = `${baseUrl}/api/v1/${PLURAL[principal.kind]}/${principal.id}`;
  return { id, created, lastUpdated: created, _links: { self: { href } } };
}

function bindingHref(baseUrl: string, at: { roleId: string; resourceSetId: string }): string {
  return `${baseUrl}/api/v1/iam/resource-sets/${at.resourceSetId}/bindings/${at.roleId}`;
}
