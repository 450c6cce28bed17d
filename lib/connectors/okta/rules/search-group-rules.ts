import { field } from "../../../cards/field.ts";
import { docsUrl } from "../docs-url.ts";
import { recordLimitInput } from "../result-set.ts";
import { searchAction } from "../search-action.ts";
import { foundRuleFields, listedRuleFields, ruleSource } from "./rule-fields.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";

export const searchGroupRules = searchAction({
  id: "okta.rules.search",
  title: "Search Group Rules",
  summary: "Finds group rules by a part of their name.",
  help: "With no match the card succeeds with empty outputs: check ID with If/Else.",
  docs: docsUrl("GroupRule", "listGroupRules"),
  category: "Group Rules",
  keywords: ["find rules", "list group rules", "lookup", "query"],
  path: "/api/v1/groups/rules",
  scope: "okta.groups.read",
  inputs: {
    search: field.text({ label: "Search", placeholder: "sales", emptyMeans: "All group rules" }),
    recordLimit: recordLimitInput,
  },
  one: foundRuleFields,
  many: { key: "rules", label: "Group Rules", fields: listedRuleFields },
  source: ruleSource,
  sample: {
    inputs: { search: "engineer" },
    record: SAMPLE_OKTA_RULE,
  },
  ask: ({ inputs: { search, recordLimit: limit } }) => ({
    query: { search, expand: "groupIdToGroupNameMap" },
    limit,
  }),
});
