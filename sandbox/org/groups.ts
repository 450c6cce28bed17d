import type { RoleRecord } from "./users.ts";

export type GroupType = "OKTA_GROUP" | "APP_GROUP" | "BUILT_IN";

/** A group as the org keeps it. */
export interface GroupRecord {
  id: string;
  seq: number;
  type: GroupType;
  created: string;
  lastUpdated: string;
  lastMembershipUpdated: string;
  profile: { name: string; description: string | null };
  /** User id to the order of joining, which member cursors count. */
  members: Map<string, number>;
  /** Standard admin roles its members hold through it. */
  roles: RoleRecord[];
}

/** Groups, their names and their memberships in both directions. */
export class GroupStore {
  readonly #byId = new Map<string, GroupRecord>();
  readonly #byName = new Map<string, GroupRecord>();
  readonly #ofUser = new Map<string, Set<GroupRecord>>();
  #joins = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** All groups in order of creation. */
  all(): IterableIterator<GroupRecord> {
    return this.#byId.values();
  }

  byId(id: string): GroupRecord | undefined {
    return this.#byId.get(id);
  }

  byName(name: string): GroupRecord | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The groups of a user, in order of the groups' creation. */
  ofUser(userId: string): GroupRecord[] {
    return [...(this.#ofUser.get(userId) ?? [])].sort((a, b) => a.seq - b.seq);
  }

  add(group: GroupRecord): void {
    this.#byId.set(group.id, group);
    this.#byName.set(group.profile.name.toLowerCase(), group);
    for (const [userId, joined] of group.members) {
      this.#joins = Math.max(this.#joins, joined);
      this.#link(group, userId);
    }
  }

  remove(group: GroupRecord): void {
    this.#byId.delete(group.id);
    this.#byName.delete(group.profile.name.toLowerCase());
    for (const userId of group.members.keys()) this.#ofUser.get(userId)?.delete(group);
  }

  /** Replaces name and description and keeps the name index true. */
  setProfile(group: GroupRecord, profile: GroupRecord["profile"]): void {
    this.#byName.delete(group.profile.name.toLowerCase());
    group.profile = profile;
    this.#byName.set(profile.name.toLowerCase(), group);
  }

  /** True when the user was not in the group before. */
  join(group: GroupRecord, userId: string): boolean {
    if (group.members.has(userId)) return false;
    this.#joins += 1;
    group.members.set(userId, this.#joins);
    this.#link(group, userId);
    return true;
  }

  /** True when the user was in the group before. */
  leave(group: GroupRecord, userId: string): boolean {
    this.#ofUser.get(userId)?.delete(group);
    return group.members.delete(userId);
  }

  #link(group: GroupRecord, userId: string): void {
    const groups = this.#ofUser.get(userId);
    if (groups) groups.add(group);
    else this.#ofUser.set(userId, new Set([group]));
  }
}
