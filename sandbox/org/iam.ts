import type { Json } from "../http/fields.ts";

/** What a custom role allows. Conditions are kept as they came; this org does not weigh them. */
export interface PermissionRecord {
  /** Okta's name, e.g. "okta.users.manage". */
  label: string;
  created: string;
  lastUpdated: string;
  conditions: Json | null;
}

/** A custom admin role: a named list of permissions. */
export interface CustomRoleRecord {
  id: string;
  seq: number;
  label: string;
  description: string;
  created: string;
  lastUpdated: string;
  permissions: PermissionRecord[];
}

/** One thing, or all things of a kind, that a resource set holds. */
export interface ResourceRecord {
  id: string;
  seq: number;
  /** Okta Resource Name. */
  orn: string;
  /** Address in the API where it was named by one, else null. */
  path: string | null;
  created: string;
  lastUpdated: string;
  conditions: Json | null;
}

/** What a custom role is for. */
export interface ResourceSetRecord {
  id: string;
  seq: number;
  label: string;
  description: string;
  created: string;
  lastUpdated: string;
  resources: ResourceRecord[];
}

/** Who holds roles: people, and groups on behalf of their members. */
export interface Principal {
  kind: "user" | "group";
  id: string;
}

/** A principal in a binding. Its id is that of the role assignment. */
export interface MemberRecord {
  id: string;
  seq: number;
  principal: Principal;
  created: string;
}

/** A custom role for a resource set, and who holds it. */
export interface BindingRecord {
  seq: number;
  roleId: string;
  resourceSetId: string;
  members: MemberRecord[];
}

/** Everything about custom admin roles, as it is saved. */
export interface IamState {
  roles: CustomRoleRecord[];
  resourceSets: ResourceSetRecord[];
  bindings: BindingRecord[];
}

const isNamed =
  (key: string) =>
  (item: { id: string; label: string }): boolean =>
    item.id === key || item.label === key;

/** Custom roles, resource sets and the bindings between them. An org has dozens at most, so lists do. */
export class IamStore implements IamState {
  roles: CustomRoleRecord[];
  resourceSets: ResourceSetRecord[];
  bindings: BindingRecord[];

  constructor(state: IamState = { roles: [], resourceSets: [], bindings: [] }) {
    this.roles = state.roles;
    this.resourceSets = state.resourceSets;
    this.bindings = state.bindings;
  }

  /** A custom role by id or label. */
  role(key: string): CustomRoleRecord | undefined {
    return this.roles.find(isNamed(key));
  }

  /** A resource set by id or label. */
  resourceSet(key: string): ResourceSetRecord | undefined {
    return this.resourceSets.find(isNamed(key));
  }

  binding(roleId: string, resourceSetId: string): BindingRecord | undefined {
    return this.bindings.find((item) => item.roleId === roleId && item.resourceSetId === resourceSetId);
  }

  /** The bindings a principal is a member of, each with its membership, oldest first. */
  of({ kind, id }: Principal): { binding: BindingRecord; member: MemberRecord }[] {
    return this.bindings
      .flatMap((binding) =>
        binding.members
          .filter(({ principal }) => principal.kind === kind && principal.id === id)
          .map((member) => ({ binding, member })),
      )
      .sort((a, b) => a.member.seq - b.member.seq);
  }

  /** A principal is gone for good: no binding names it any more. */
  forget({ kind, id }: Principal): void {
    for (const binding of this.bindings)
      binding.members = binding.members.filter(
        ({ principal }) => principal.kind !== kind || principal.id !== id,
      );
  }
}
