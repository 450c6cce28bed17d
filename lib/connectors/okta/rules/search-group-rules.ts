import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { collect, PAGE_SIZE, recordLimit } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ALL, FIRST, resultSet } from "../result-set.ts";
import { onlyWhen } from "../shape-fields.ts";
import { listedRuleFields, ruleFields, ruleSource } from "./rule-fields.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";

const STANDARD_LIMIT = 200;

const outputs = {
  ...onlyWhen(FIRST, ruleFields),
  rules: field.objectList({ label: "Group Rules", fields: listedRuleFields, when: ALL }),
};

export const searchGroupRules = defineAction({
  id: "okta.rules.search",
  version: 1,
  title: "Search Group Rules",
  summary: "Finds group rules by a part of their name.",
  help: "With no match the card succeeds with empty outputs: check ID with If/Else.",
  docs: docsUrl("GroupRule", "listGroupRules"),
  connector: okta,
  category: "Group Rules",
  keywords: ["find rules", "list group rules", "lookup", "query"],
  endpoint: "GET /api/v1/groups/rules",
  scopes: ["okta.groups.read"],
  effect: "read",
  options: { resultSet },
  inputs: {
    search: field.text({ label: "Search", placeholder: "sales", emptyMeans: "All group rules" }),
    recordLimit: field.number({
      label: "Record Limit",
      emptyMeans: `The first ${STANDARD_LIMIT} group rules`,
      when: ALL,
    }),
  },
  outputs,
  sample: {
    inputs: { search: "engineer" },
    outputs: readSample(ruleFields, ruleSource(SAMPLE_OKTA_RULE)),
  },
  run: async ({ inputs: { search, recordLimit: given }, options, client }) => {
    const first = options.resultSet === "first";
    const limit = first ? 1 : recordLimit(given, STANDARD_LIMIT);
    const query = { search, limit: Math.min(limit, PAGE_SIZE), expand: "groupIdToGroupNameMap" };
    const rules = await collect(client, { path: "/api/v1/groups/rules", query }, limit);
    return readOutputs(outputs, first ? ruleSource(rules[0]) : { rules: rules.map(ruleSource) });
  },
});
