import { field } from "../../../cards/field.ts";
import { isJsonObject } from "../../../flow/json.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { sinceAttempt } from "../read-back.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";
import { ruleBody, ruleFields, ruleSource } from "./rule-fields.ts";
import { EXPRESSION_HELP, EXPRESSION_PLACEHOLDER } from "./rule-inputs.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";

const INTERNS = 'user.userType=="Intern"';
const SAMPLE_PARTS = { name: "Interns", expression: INTERNS, groupIds: [SAMPLE_GROUP_ID] };

export const createGroupRule = oktaAction({
  id: "okta.rules.create",
  version: 1,
  title: "Create Group Rule",
  summary: "Creates a group rule, which assigns users to groups by an expression. It starts inactive.",
  help:
    "The rule does nothing until Activate Group Rule. A name that is taken or an expression Okta can't read fails the card " +
    "(E0000001). While Okta is still busy with another change of the rules it answers E0000239: try again then.\n\n" +
    "After a lost answer the card looks for the name: a rule created since the attempt began is taken as its own.",
  docs: docsUrl("GroupRule", "createGroupRule"),
  connector: okta,
  category: "Group Rules",
  keywords: ["dynamic group", "automatic membership", "new rule", "attribute based"],
  endpoint: "POST /api/v1/groups/rules",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "check",
  inputs: {
    name: field.text({ label: "Name", group: "Group Rule", required: true, help: "1 to 50 characters." }),
    expressionConditions: field.text({
      label: "Expression Conditions",
      group: "Group Rule",
      required: true,
      multiline: true,
      placeholder: EXPRESSION_PLACEHOLDER,
      help: EXPRESSION_HELP,
    }),
    groups: field.textList({
      label: "Assign to Groups",
      group: "Group Rule",
      required: true,
      picker: "okta.groups",
    }),
    excludedUsers: field.textList({
      label: "Exclude Users",
      group: "Group Rule",
      picker: "okta.users",
      help: "Ids of users the rule leaves alone.",
    }),
  },
  outputs: ruleFields,
  sample: {
    inputs: { name: "Interns", expressionConditions: INTERNS, groups: [SAMPLE_GROUP_ID] },
    outputs: readSample(
      ruleFields,
      ruleSource({ ...SAMPLE_OKTA_RULE, ...ruleBody({ ...SAMPLE_PARTS, excludedUsers: [] }) }),
    ),
  },
  run: async ({ inputs: { name, expressionConditions, groups, excludedUsers }, client }) => {
    const { body } = await client.request({
      method: "POST",
      path: "/api/v1/groups/rules",
      body: ruleBody({
        name,
        expression: expressionConditions,
        groupIds: groups,
        excludedUsers: excludedUsers ?? [],
      }),
    });
    return readOutputs(ruleFields, ruleSource(body));
  },
  readBack: async ({ inputs: { name }, client, now }) => {
    // The search finds the text anywhere in a name, so it pages past the rules that merely contain it.
    const query = { search: name, limit: 200 };
    for await (const page of client.pages({ path: "/api/v1/groups/rules", query })) {
      const own = page.find(
        (rule) => isJsonObject(rule) && rule.name === name && sinceAttempt(client, rule.created, now),
      );
      if (own) return readOutputs(ruleFields, ruleSource(own));
    }
    return null;
  },
});
