import { mappedProfile } from "./app-schema.ts";
import { type AppGroupRecord, type AppRecord, type AppUserRecord, isProvisioned } from "./apps.ts";
import type { GroupRecord } from "./groups.ts";
import type { Origin } from "./log-record.ts";
import { accountParty, appParty, groupParty, type Org, userParty } from "./org.ts";
import { loginOf, type UserRecord } from "./users.ts";

/** What an admin says about an account; the rest comes from the mappings. */
export interface AccountInput {
  scope: AppUserRecord["scope"];
  userName?: string;
  passwordSet?: boolean;
  profile?: Record<string, unknown>;
  externalId?: string;
}

/** Gives a user an account and writes its events. The user must not have one. */
export function addAccount(
  org: Org,
  app: AppRecord,
  user: UserRecord,
  origin: Origin,
  input: AccountInput,
): AppUserRecord {
  const now = org.timestamp();
  const provisioned = isProvisioned(app);
  const account: AppUserRecord = {
    userId: user.id,
    accountId: org.ids.next("0ua"),
    seq: org.nextSeq(),
    scope: input.scope,
    status: provisioned ? "PROVISIONED" : "ACTIVE",
    syncState: provisioned ? "SYNCHRONIZED" : "DISABLED",
    externalId: input.externalId ?? null,
    userName: input.userName ?? loginOf(user),
    created: now,
    lastUpdated: now,
    passwordChanged: input.passwordSet ? now : null,
    profile: { ...mappedProfile(app, user.profile), ...input.profile },
  };
  app.users.set(user.id, account);
  logAccount(org, "application.user_membership.add", app, user, account, origin);
  if (provisioned) logAccount(org, "application.provision.user.push", app, user, account, origin);
  return account;
}

/** Takes a user's account away; nothing when there is none. */
export function removeAccount(org: Org, app: AppRecord, user: UserRecord, origin: Origin): void {
  const account = app.users.get(user.id);
  if (!account) return;
  app.users.delete(user.id);
  logAccount(org, "application.user_membership.remove", app, user, account, origin);
}

/** Writes an event of an account: the account, its application, its owner. */
export function logAccount(
  org: Org,
  eventType: string,
  app: AppRecord,
  user: UserRecord,
  account: AppUserRecord,
  origin: Origin,
): void {
  org.log.write({
    eventType,
    origin,
    target: [accountParty(account, user), appParty(app), userParty(user)],
  });
}

/** Assigns a group: every member without an account gets one. */
export function assignGroup(
  org: Org,
  app: AppRecord,
  group: GroupRecord,
  origin: Origin,
  assignment: AppGroupRecord,
): void {
  app.groups.set(group.id, assignment);
  const target = [groupParty(group), appParty(app)];
  org.log.write({ eventType: "group.application_assignment.add", origin, target });
  for (const userId of group.members.keys()) {
    const user = org.users.byId(userId);
    if (user) addThroughGroup(org, app, user, origin, assignment);
  }
}

/** Takes a group's assignment away, and with it the accounts that came through it alone. */
export function unassignGroup(org: Org, app: AppRecord, group: GroupRecord, origin: Origin): void {
  app.groups.delete(group.id);
  const target = [groupParty(group), appParty(app)];
  org.log.write({ eventType: "group.application_assignment.remove", origin, target });
  for (const userId of group.members.keys()) {
    const user = org.users.byId(userId);
    if (user) dropIfUngrouped(org, app, user, origin);
  }
}

/** A user joined a group: accounts of the applications assigned to it. */
export function accountsAfterJoin(org: Org, group: GroupRecord, user: UserRecord, origin: Origin): void {
  for (const app of org.apps.values()) {
    const assignment = app.groups.get(group.id);
    if (assignment) addThroughGroup(org, app, user, origin, assignment);
  }
}

/** A user left a group: accounts that came through it alone are gone. */
export function accountsAfterLeave(org: Org, group: GroupRecord, user: UserRecord, origin: Origin): void {
  for (const app of org.apps.values()) {
    if (app.groups.has(group.id)) dropIfUngrouped(org, app, user, origin);
  }
}

/** Deactivation and deletion of a user end every account. */
export function dropAccounts(org: Org, user: UserRecord, origin: Origin): void {
  for (const app of org.apps.values()) removeAccount(org, app, user, origin);
}

function addThroughGroup(
  org: Org,
  app: AppRecord,
  user: UserRecord,
  origin: Origin,
  assignment: AppGroupRecord,
): void {
  if (user.status === "DEPROVISIONED" || app.users.has(user.id)) return;
  addAccount(org, app, user, origin, { scope: "GROUP", profile: assignment.profile });
}

function dropIfUngrouped(org: Org, app: AppRecord, user: UserRecord, origin: Origin): void {
  if (app.users.get(user.id)?.scope !== "GROUP") return;
  const another = [...app.groups.keys()].some((id) => org.groups.byId(id)?.members.has(user.id));
  if (!another) removeAccount(org, app, user, origin);
}
