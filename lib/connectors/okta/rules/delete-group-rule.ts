import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUp } from "../read-back.ts";
import { statusOf, statusOutput } from "../status.ts";
import { ruleInput } from "./rule-inputs.ts";
import { SAMPLE_RULE_ID } from "./rule-samples.ts";

export const deleteGroupRule = oktaAction({
  id: "okta.rules.delete",
  version: 1,
  title: "Delete Group Rule",
  summary: "Deletes an inactive group rule, and on request the memberships it made.",
  help:
    "Put Deactivate Group Rule before this card. Okta accepts the deletion (202) and carries it out a little later. After a " +
    "lost answer the card looks whether the rule is gone.",
  docs: docsUrl("GroupRule", "deleteGroupRule"),
  connector: okta,
  category: "Group Rules",
  keywords: ["remove rule", "dynamic group"],
  endpoint: "DELETE /api/v1/groups/rules/{groupRuleId}",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    rule: ruleInput,
    removeUsers: field.boolean({
      label: "Remove Users",
      group: "Group Rule",
      emptyMeans: "No: users stay in the groups.",
      help: "Take the users the rule assigned out of its groups.",
    }),
  },
  outputs: { statusCode: statusOutput({ success: 202 }) },
  sample: { inputs: { rule: SAMPLE_RULE_ID }, outputs: { statusCode: 202 } },
  run: async ({ inputs: { rule, removeUsers }, client }) => {
    const at = path`/api/v1/groups/rules/${{ rule }}`;
    return { statusCode: await statusOf(client, { method: "DELETE", path: at, query: { removeUsers } }) };
  },
  readBack: async ({ inputs: { rule }, client }) =>
    (await lookUp(client, path`/api/v1/groups/rules/${{ rule }}`)) ? null : { statusCode: 202 },
});
