import { type Card, defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { ruleInput } from "./rule-inputs.ts";
import { SAMPLE_ACTIVE_RULE_ID, SAMPLE_RULE_ID } from "./rule-samples.ts";

interface Step {
  id: string;
  title: string;
  summary: string;
  help: string;
  keywords: string[];
  step: "activate" | "deactivate";
  operation: string;
  leadsTo: "ACTIVE" | "INACTIVE";
  sampleRule: string;
}

/**
 * POST /api/v1/groups/rules/{groupRuleId}/lifecycle/{step}. Okta does not say what it answers for a rule that is in the
 * status already, so after a lost answer the card looks: one that is there needs no second call, whoever brought it there.
 */
function ruleLifecycle({ step, operation, leadsTo, sampleRule, ...card }: Step): Card {
  return defineAction({
    ...card,
    version: 1,
    docs: docsUrl("GroupRule", operation),
    connector: okta,
    category: "Group Rules",
    endpoint: `POST /api/v1/groups/rules/{groupRuleId}/lifecycle/${step}`,
    scopes: ["okta.groups.manage"],
    effect: "write",
    repeat: "check",
    inputs: { rule: ruleInput },
    outputs: {
      statusCode: field.number({ label: "Status Code", help: "204 when Okta has carried it out." }),
    },
    sample: { inputs: { rule: sampleRule }, outputs: { statusCode: 204 } },
    run: async ({ inputs: { rule }, client }) => {
      const { status } = await client.request({
        method: "POST",
        path: `${path`/api/v1/groups/rules/${{ rule }}`}/lifecycle/${step}`,
      });
      return { statusCode: status };
    },
    readBack: async ({ inputs: { rule }, client }) => {
      const found = await lookUp(client, path`/api/v1/groups/rules/${{ rule }}`);
      return found?.status === leadsTo ? { statusCode: 204 } : null;
    },
  });
}

export const activateGroupRule = ruleLifecycle({
  id: "okta.rules.activate",
  title: "Activate Group Rule",
  summary: "Activates a group rule, which then assigns the users who match to its groups.",
  help: "Okta goes through all users after it has answered, which may take a while in a large org.",
  keywords: ["enable rule", "turn on rule", "dynamic group"],
  step: "activate",
  operation: "activateGroupRule",
  leadsTo: "ACTIVE",
  sampleRule: SAMPLE_RULE_ID,
});

export const deactivateGroupRule = ruleLifecycle({
  id: "okta.rules.deactivate",
  title: "Deactivate Group Rule",
  summary: "Deactivates a group rule: it no longer assigns users.",
  help: "Users keep the memberships the rule made. Changing or deleting a rule needs it inactive.",
  keywords: ["disable rule", "turn off rule", "pause rule", "dynamic group"],
  step: "deactivate",
  operation: "deactivateGroupRule",
  leadsTo: "INACTIVE",
  sampleRule: SAMPLE_ACTIVE_RULE_ID,
});
