import { path } from "../path.ts";
import { switchAction } from "../switch-action.ts";
import { ruleInput } from "./rule-inputs.ts";
import { SAMPLE_ACTIVE_RULE_ID, SAMPLE_RULE_ID } from "./rule-samples.ts";

const groupRule = {
  category: "Group Rules",
  scope: "okta.groups.manage",
  tag: "GroupRule",
  endpoint: "/api/v1/groups/rules/{groupRuleId}",
  address: ({ rule }: { rule: string }) => path`/api/v1/groups/rules/${{ rule }}`,
  inputs: { rule: ruleInput },
  success: 204,
} as const;

export const activateGroupRule = switchAction(groupRule, {
  id: "okta.rules.activate",
  title: "Activate Group Rule",
  summary: "Activates a group rule, which then assigns the users who match to its groups.",
  help: "Okta goes through all users after it has answered, which may take a while in a large org.",
  keywords: ["enable rule", "turn on rule", "dynamic group"],
  step: "activate",
  operation: "activateGroupRule",
  leadsTo: "ACTIVE",
  sample: { rule: SAMPLE_RULE_ID },
});

export const deactivateGroupRule = switchAction(groupRule, {
  id: "okta.rules.deactivate",
  title: "Deactivate Group Rule",
  summary: "Deactivates a group rule: it no longer assigns users.",
  help: "Users keep the memberships the rule made. Changing or deleting a rule needs it inactive.",
  keywords: ["disable rule", "turn off rule", "pause rule", "dynamic group"],
  step: "deactivate",
  operation: "deactivateGroupRule",
  leadsTo: "INACTIVE",
  sample: { rule: SAMPLE_ACTIVE_RULE_ID },
});
