import { accountsAfterJoin, accountsAfterLeave } from "./assignments.ts";
import type { GroupRecord } from "./groups.ts";
import type { Origin } from "./log-record.ts";
import { groupParty, type Org, userParty } from "./org.ts";
import type { UserRecord } from "./users.ts";

/** Puts a user into a group, with its event and the accounts that follow. False when already there. */
export function joinGroup(org: Org, group: GroupRecord, user: UserRecord, origin: Origin): boolean {
  if (!org.groups.join(group, user.id)) return false;
  logMembership(org, "group.user_membership.add", group, user, origin);
  accountsAfterJoin(org, group, user, origin);
  return true;
}

/** Takes a user out of a group, with its event and the accounts that end. False when not in it. */
export function leaveGroup(org: Org, group: GroupRecord, user: UserRecord, origin: Origin): boolean {
  if (!org.groups.leave(group, user.id)) return false;
  logMembership(org, "group.user_membership.remove", group, user, origin);
  accountsAfterLeave(org, group, user, origin);
  return true;
}

function logMembership(
  org: Org,
  eventType: string,
  group: GroupRecord,
  user: UserRecord,
  origin: Origin,
): void {
  group.lastMembershipUpdated = org.timestamp();
  org.log.write({ eventType, origin, target: [userParty(user), groupParty(group)] });
}
