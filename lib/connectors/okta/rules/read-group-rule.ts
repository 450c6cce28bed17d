import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ruleFields, ruleSource } from "./rule-fields.ts";
import { ruleInput } from "./rule-inputs.ts";
import { SAMPLE_OKTA_RULE, SAMPLE_RULE_ID } from "./rule-samples.ts";

export const readGroupRule = oktaAction({
  id: "okta.rules.read",
  version: 1,
  title: "Read Group Rule",
  summary: "Reads a group rule by ID, with the names of its groups.",
  help: "A rule that does not exist fails the card (E0000007). By name: Search Group Rules.",
  docs: docsUrl("GroupRule", "getGroupRule"),
  connector: okta,
  category: "Group Rules",
  keywords: ["get rule", "rule details", "lookup"],
  endpoint: "GET /api/v1/groups/rules/{groupRuleId}",
  scopes: ["okta.groups.read"],
  effect: "read",
  inputs: { rule: ruleInput },
  outputs: ruleFields,
  sample: {
    inputs: { rule: SAMPLE_RULE_ID },
    outputs: readSample(ruleFields, ruleSource(SAMPLE_OKTA_RULE)),
  },
  run: async ({ inputs: { rule }, client }) => {
    const { body } = await client.request({
      method: "GET",
      path: path`/api/v1/groups/rules/${{ rule }}`,
      query: { expand: "groupIdToGroupNameMap" },
    });
    return readOutputs(ruleFields, ruleSource(body));
  },
});
