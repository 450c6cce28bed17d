import type { GroupRecord } from "./groups.ts";
import type { CustomRoleRecord, Principal } from "./iam.ts";
import type { Origin, Party } from "./log-record.ts";
import { groupParty, type Org, userParty } from "./org.ts";
import type { RoleRecord, UserRecord } from "./users.ts";

/** Label per standard role. USER_ADMIN really is called "Group Administrator". */
const LABELS = new Map([
  ["SUPER_ADMIN", "Super Administrator"],
  ["ORG_ADMIN", "Organization Administrator"],
  ["APP_ADMIN", "Application Administrator"],
  ["USER_ADMIN", "Group Administrator"],
  ["HELP_DESK_ADMIN", "Help Desk Administrator"],
  ["GROUP_MEMBERSHIP_ADMIN", "Group Membership Administrator"],
  ["READ_ONLY_ADMIN", "Read Only Administrator"],
  ["REPORT_ADMIN", "Report Administrator"],
  ["API_ACCESS_MANAGEMENT_ADMIN", "API Access Management Administrator"],
  ["WORKFLOWS_ADMIN", "Workflows Administrator"],
  ["ACCESS_REQUESTS_ADMIN", "Access Requests Administrator"],
  ["ACCESS_CERTIFICATIONS_ADMIN", "Access Certifications Administrator"],
]);

/** The standard roles, by the type the API calls them. */
export const STANDARD_ROLES: readonly string[] = [...LABELS.keys()];

/** A role somebody holds, of either kind, as the API tells of it. */
export interface Assignment {
  id: string;
  /** A standard role, or CUSTOM. */
  type: string;
  label: string;
  created: string;
  /** Who it was given to; for a user that may be one of their groups. */
  holder: Principal;
  /** Ids of a custom role and what it is for. */
  custom: { roleId: string; resourceSetId: string } | null;
}

/** Roles given to this user or group itself, standard ones first. */
export function ownAssignments(org: Org, holder: Principal): Assignment[] {
  const standard = standardOf(org, holder).map(
    ({ id, type, created }): Assignment => ({
      id,
      type,
      label: LABELS.get(type) ?? type,
      created,
      holder,
      custom: null,
    }),
  );
  const custom = org.iam.of(holder).map(({ binding, member }): Assignment => {
    const { roleId, resourceSetId } = binding;
    const label = org.iam.role(roleId)?.label ?? roleId;
    return {
      id: member.id,
      type: "CUSTOM",
      label,
      created: member.created,
      holder,
      custom: { roleId, resourceSetId },
    };
  });
  return [...standard, ...custom];
}

/** Every role a user has: their own, and what their groups hold. */
export function assignmentsOf(org: Org, user: UserRecord): Assignment[] {
  const through = org.groups.ofUser(user.id).flatMap(({ id }) => ownAssignments(org, { kind: "group", id }));
  return [...ownAssignments(org, { kind: "user", id: user.id }), ...through];
}

/** What somebody may do: the types of their standard roles, and the permissions of their custom ones. */
export function rightsOf(org: Org, user: UserRecord): string[] {
  return assignmentsOf(org, user).flatMap(({ type, custom }) =>
    custom ? (org.iam.role(custom.roleId)?.permissions ?? []).map(({ label }) => label) : [type],
  );
}

/** Gives a standard role. The holder must exist and not have it. */
export function giveStandardRole(org: Org, holder: Principal, type: string): Assignment {
  const role: RoleRecord = { id: org.ids.next("ra1"), type, created: org.timestamp() };
  standardOf(org, holder).push(role);
  return { ...role, label: LABELS.get(type) ?? type, holder, custom: null };
}

/** Makes somebody a member of the binding of a custom role and a resource set, which is made where there is none. */
export function bindMember(
  org: Org,
  role: CustomRoleRecord,
  resourceSetId: string,
  holder: Principal,
): Assignment {
  let binding = org.iam.binding(role.id, resourceSetId);
  if (!binding) {
    binding = { seq: org.nextSeq(), roleId: role.id, resourceSetId, members: [] };
    org.iam.bindings.push(binding);
  }
  const created = org.timestamp();
  const member = { id: org.ids.next("irb"), seq: org.nextSeq(), principal: holder, created };
  binding.members.push(member);
  const custom = { roleId: role.id, resourceSetId };
  return { id: member.id, type: "CUSTOM", label: role.label, created, holder, custom };
}

/** Takes one assignment back, of either kind. */
export function takeRole(org: Org, { id, holder, custom }: Assignment): void {
  if (!custom) {
    const roles = standardOf(org, holder);
    const at = roles.findIndex((role) => role.id === id);
    if (at >= 0) roles.splice(at, 1);
    return;
  }
  const binding = org.iam.binding(custom.roleId, custom.resourceSetId);
  if (binding) binding.members = binding.members.filter((member) => member.id !== id);
}

/**
 * Writes that somebody's privileges changed. "grant" means that they changed and some remain; "revoke" that none is left.
 * `revoked` is the label of a role taken away.
 */
export function logPrivileges(org: Org, holder: Principal, origin: Origin, revoked?: string): void {
  const party = partyOf(org, holder);
  if (!party) return;
  const left = ownAssignments(org, holder).map(({ label }) => label);
  const subject = holder.kind === "user" ? "user.account" : "group";
  org.log.write({
    eventType: `${subject}.privilege.${left.length > 0 ? "grant" : "revoke"}`,
    origin,
    target: [party],
    debugData: {
      ...(left.length > 0 ? { privilegeGranted: left.join(", ") } : {}),
      ...(revoked === undefined ? {} : { privilegeRevoked: revoked }),
    },
  });
}

/** A user or group as target of an event; undefined when it is gone. */
export function partyOf(org: Org, { kind, id }: Principal): Party | undefined {
  if (kind === "user") {
    const user = org.users.byId(id);
    return user && userParty(user);
  }
  const group = org.groups.byId(id);
  return group && groupParty(group);
}

function standardOf(org: Org, { kind, id }: Principal): RoleRecord[] {
  const holder: UserRecord | GroupRecord | undefined =
    kind === "user" ? org.users.byId(id) : org.groups.byId(id);
  return holder?.roles ?? [];
}
