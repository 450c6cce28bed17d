import { notFound } from "../http/problem.ts";
import type { Call } from "../http/router.ts";
import { partyOf } from "../org/admin-roles.ts";
import type { CustomRoleRecord, Principal, ResourceSetRecord } from "../org/iam.ts";
import type { Party } from "../org/log-record.ts";
import type { Org } from "../org/org.ts";

/** A custom role by id or label. Throws 404 E0000007. */
export function roleNamed(org: Org, key: string): CustomRoleRecord {
  const role = org.iam.role(key);
  if (!role) throw notFound(key, "CustomRole");
  return role;
}

/** A resource set by id or label. Throws 404 E0000007. */
export function resourceSetNamed(org: Org, key: string): ResourceSetRecord {
  const set = org.iam.resourceSet(key);
  if (!set) throw notFound(key, "ResourceSet");
  return set;
}

/** The custom role of `/iam/…/{roleIdOrLabel}`. Throws 404 E0000007. */
export const roleOf = (call: Call): CustomRoleRecord => roleNamed(call.org, call.params.roleIdOrLabel ?? "");

/** The resource set of `/iam/resource-sets/{resourceSetIdOrLabel}`. Throws 404 E0000007. */
export const resourceSetOf = (call: Call): ResourceSetRecord =>
  resourceSetNamed(call.org, call.params.resourceSetIdOrLabel ?? "");

/** A custom role as target of an event. */
export function roleParty({ id, label }: CustomRoleRecord): Party {
  return { id, type: "ROLE", alternateId: "unknown", displayName: label };
}

/** A resource set as target of an event. */
export function resourceSetParty({ id, label }: ResourceSetRecord): Party {
  return { id, type: "RESOURCE_SET", alternateId: "unknown", displayName: label };
}

/** Writes that members joined or left a binding. */
export function logBinding(
  { org, origin }: Call,
  what: "add" | "delete",
  set: ResourceSetRecord,
  role: CustomRoleRecord,
  members: readonly Principal[],
): void {
  const parties = members.flatMap((member) => partyOf(org, member) ?? []);
  const target = [resourceSetParty(set), roleParty(role), ...parties];
  org.log.write({ eventType: `iam.resourceset.bindings.${what}`, origin, target });
}
