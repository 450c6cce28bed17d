import { ruleMatches } from "../rule-language/evaluate.ts";
import type { GroupRecord } from "./groups.ts";
import { type Origin, SYSTEM_ACTOR } from "./log-record.ts";
import { joinGroup, leaveGroup } from "./membership.ts";
import { groupParty, type Org, userParty } from "./org.ts";
import type { RuleRecord } from "./rules.ts";
import type { UserRecord } from "./users.ts";

/** Okta passes over people who are pending or gone. */
const PASSED_OVER = ["STAGED", "PROVISIONED", "DEPROVISIONED"];
/** A rule may depend on a group another rule fills; two that undo each other must still come to an end. */
const MAX_ROUNDS = 5;

/** Runs every active rule on one user until nothing changes. Call it after any change of profile, status or groups. */
export function applyRules(org: Org, user: UserRecord, origin: Origin): void {
  const rules = org.rules.active();
  if (rules.length === 0) return;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const changes = rules.map((rule) => runRule(org, rule, user, origin));
    if (!changes.includes(true)) return;
  }
}

/** Switches a rule on: it runs over everyone, and takes back what it gave to people it no longer fits. */
export function activateRule(org: Org, rule: RuleRecord, origin: Origin): void {
  rule.status = "ACTIVE";
  logRule(org, "group.user_membership.rule.trigger", rule, origin);
  for (const user of org.users.all()) {
    if (runRule(org, rule, user, origin)) applyRules(org, user, origin);
  }
}

/** Switches a rule off. People keep the memberships it gave. */
export function deactivateRule(org: Org, rule: RuleRecord, origin: Origin): void {
  rule.status = "INACTIVE";
  logRule(org, "group.user_membership.rule.deactivated", rule, origin);
}

/** Removes a rule for good; `removeUsers` takes back what it gave. */
export function deleteRule(org: Org, rule: RuleRecord, origin: Origin, removeUsers: boolean): void {
  org.rules.remove(rule);
  if (!removeUsers) return;
  for (const [userId, groupIds] of rule.grants) {
    const user = org.users.byId(userId);
    if (!user) continue;
    for (const groupId of groupIds) takeBack(org, rule, groupId, user, origin);
    applyRules(org, user, origin);
  }
}

/** A group is gone: rules that fill it no longer work. */
export function invalidateRules(org: Org, group: GroupRecord, origin: Origin): void {
  for (const rule of org.rules.all()) {
    if (rule.status === "INVALID" || !rule.groupIds.includes(group.id)) continue;
    rule.status = "INVALID";
    rule.lastUpdated = org.timestamp();
    logRule(org, "group.user_membership.rule.invalidate", rule, origin);
  }
}

/** An admin removed someone a rule had put there: the rule passes that person over from now on. */
export function excludeFromRules(org: Org, group: GroupRecord, user: UserRecord, origin: Origin): void {
  for (const rule of org.rules.all()) {
    if (!rule.grants.get(user.id)?.includes(group.id)) continue;
    rule.grants.delete(user.id);
    if (!rule.excluded.includes(user.id)) rule.excluded.push(user.id);
    org.log.write({
      eventType: "group.user_membership.rule.add_exclusion",
      origin: { ...origin, actor: SYSTEM_ACTOR },
      target: [userParty(user), groupParty(group), ruleParty(rule)],
    });
  }
}

/** A user is gone for good: no rule, no link and no role names it any more. */
export function forgetUser(org: Org, user: UserRecord): void {
  for (const rule of org.rules.all()) {
    rule.grants.delete(user.id);
    rule.excluded = rule.excluded.filter((id) => id !== user.id);
  }
  org.iam.forget({ kind: "user", id: user.id });
  for (const { values } of org.links) {
    values.delete(user.id);
    for (const [associated, primary] of values) if (primary === user.id) values.delete(associated);
  }
}

/** True when it changed a membership. */
function runRule(org: Org, rule: RuleRecord, user: UserRecord, origin: Origin): boolean {
  if (PASSED_OVER.includes(user.status)) return false;
  const before = rule.grants.get(user.id) ?? [];
  const after = fits(org, rule, user) ? rule.groupIds : [];
  const asSystem = { ...origin, actor: SYSTEM_ACTOR };
  let changed = false;
  for (const id of after) {
    const group = org.groups.byId(id);
    if (group && joinGroup(org, group, user, asSystem)) changed = true;
  }
  if (after.length > 0) rule.grants.set(user.id, [...after]);
  else rule.grants.delete(user.id);
  for (const id of before) {
    if (!after.includes(id) && takeBack(org, rule, id, user, asSystem)) changed = true;
  }
  return changed;
}

function fits(org: Org, rule: RuleRecord, user: UserRecord): boolean {
  if (rule.excluded.includes(user.id)) return false;
  return ruleMatches(org.rules.condition(rule), {
    attribute: (name) => user.profile[name],
    groups: org.groups.ofUser(user.id).map(({ id, profile }) => ({ id, name: profile.name })),
  });
}

// Another rule may have put the user there too; then the membership stays.
function takeBack(org: Org, rule: RuleRecord, groupId: string, user: UserRecord, origin: Origin): boolean {
  const group = org.groups.byId(groupId);
  const others = [...org.rules.all()].some(
    (other) => other !== rule && other.grants.get(user.id)?.includes(groupId),
  );
  if (!group || others) return false;
  return leaveGroup(org, group, user, { ...origin, actor: SYSTEM_ACTOR });
}

function logRule(org: Org, eventType: string, rule: RuleRecord, origin: Origin): void {
  org.log.write({ eventType, origin, target: [ruleParty(rule)] });
}

function ruleParty(rule: RuleRecord) {
  return { id: rule.id, type: "GroupRule", alternateId: "unknown", displayName: rule.name };
}
