import { defineAction } from "../../../cards/define.ts";
import { field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { listRecords } from "../collect.ts";
import { docsUrl } from "../docs-url.ts";
import { readSample } from "../read-outputs.ts";
import { ALL, readResult, recordLimitInput, resultOutputs, resultSet } from "../result-set.ts";
import { foundRuleFields, listedRuleFields, ruleSource } from "./rule-fields.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";

const STANDARD_LIMIT = 200;

const outputs = resultOutputs(foundRuleFields, {
  rules: field.objectList({ label: "Group Rules", fields: listedRuleFields }),
});

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
    recordLimit: recordLimitInput(`The first ${STANDARD_LIMIT} group rules`, ALL),
  },
  outputs,
  sample: {
    inputs: { search: "engineer" },
    outputs: readSample(foundRuleFields, ruleSource(SAMPLE_OKTA_RULE)),
  },
  run: async ({ inputs: { search, recordLimit: given }, options, client }) => {
    const request = { path: "/api/v1/groups/rules", query: { search, expand: "groupIdToGroupNameMap" } };
    const records = await listRecords(client, request, { options, given, standard: STANDARD_LIMIT });
    return readResult(outputs, { options, records, key: "rules", source: ruleSource });
  },
});
