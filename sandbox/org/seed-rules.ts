import { ORG_CREATED, type Org } from "./org.ts";
import type { RuleRecord } from "./rules.ts";

/** Name, expression, the group it fills, status. The ids count from 1 in this order and never change. */
const ROWS: [string, string, string, RuleRecord["status"]][] = [
  ["Engineers", 'user.department=="Engineering"', "Engineering", "INACTIVE"],
  ["Recruiters", 'user.title=="Recruiter"', "Human Resources", "ACTIVE"],
];

/** The id of a seeded group rule, counted from 1 in the order of the table. */
export const seedRuleId = (at: number): string => `0prSandboxRule${at}0005d`;

/**
 * Fills the org with two group rules, one that is switched off. Everybody they fit is in their groups already: this is
 * history, and it writes no events. Ids are fixed, so that those of the generator do not depend on the table.
 */
export function seedRules(org: Org): void {
  for (const [at, [name, expression, groupName, status]] of ROWS.entries()) {
    const group = org.groups.byName(groupName);
    if (!group) continue;
    const stamp = new Date(Date.parse(ORG_CREATED) + (60 + at) * 86_400_000).toISOString();
    const rule: RuleRecord = {
      id: seedRuleId(at + 1),
      seq: at + 1,
      name,
      status,
      created: stamp,
      lastUpdated: stamp,
      expression,
      excluded: [],
      groupIds: [group.id],
      grants: new Map(),
    };
    org.rules.add(rule);
    if (status === "ACTIVE") grantSeeded(org, rule, group.id);
  }
}

/** What the active rule has given: without it, it would bring back whoever an admin takes out of the group. */
function grantSeeded(org: Org, rule: RuleRecord, groupId: string): void {
  for (const user of org.users.all()) {
    if (user.profile.title === "Recruiter" && user.status === "ACTIVE") rule.grants.set(user.id, [groupId]);
  }
}
