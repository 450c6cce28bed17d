import { CardError } from "../../../cards/errors.ts";
import { clearable, field } from "../../../cards/field.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import { ruleBody, ruleFields, rulePartsOf, ruleSource } from "./rule-fields.ts";
import { EXPRESSION_HELP, EXPRESSION_PLACEHOLDER, ruleInput } from "./rule-inputs.ts";
import { SAMPLE_OKTA_RULE, SAMPLE_RULE_ID } from "./rule-samples.ts";

export const updateGroupRule = oktaAction({
  id: "okta.rules.update",
  version: 1,
  title: "Update Group Rule",
  summary: "Changes the name, expression, groups or excluded users of an inactive group rule.",
  help:
    "The rule must be INACTIVE: put Deactivate Group Rule before this card and Activate Group Rule after it. Activated again, " +
    "it removes the users it had assigned who no longer match.\n\n" +
    "What is left empty stays as it is; to exclude nobody any more, clear Exclude Users. Okta itself only replaces a rule as a whole, so " +
    "the card reads it first and sends it back with the changes. In orgs where Okta does not let the groups of a rule change, " +
    "it refuses (E0000001).",
  docs: docsUrl("GroupRule", "replaceGroupRule"),
  connector: okta,
  category: "Group Rules",
  keywords: ["edit rule", "change rule", "dynamic group"],
  endpoint: "GET and PUT /api/v1/groups/rules/{groupRuleId}",
  scopes: ["okta.groups.manage"],
  effect: "write",
  repeat: "safe",
  inputs: {
    rule: ruleInput,
    name: field.text({
      label: "Name",
      group: "Group Rule",
      emptyMeans: "The name stays.",
      help: "1 to 50 characters.",
    }),
    expressionConditions: field.text({
      label: "Expression Conditions",
      group: "Group Rule",
      multiline: true,
      placeholder: EXPRESSION_PLACEHOLDER,
      emptyMeans: "The expression stays.",
      help: EXPRESSION_HELP,
    }),
    groups: field.textList({
      label: "Assign to Groups",
      group: "Group Rule",
      picker: "okta.groups",
      emptyMeans: "The groups stay.",
    }),
    excludedUsers: clearable(
      field.textList({
        label: "Exclude Users",
        group: "Group Rule",
        picker: "okta.users",
        emptyMeans: "The excluded users stay.",
        help: "Ids of all users the rule leaves alone; cleared, it leaves alone nobody.",
      }),
    ),
  },
  outputs: ruleFields,
  sample: {
    inputs: { rule: SAMPLE_RULE_ID, expressionConditions: 'user.title=="Recruiter"' },
    outputs: readSample(ruleFields, ruleSource(SAMPLE_OKTA_RULE)),
  },
  run: async ({ inputs, client }) => {
    const { rule, name, expressionConditions: expression } = inputs;
    const groupIds = given(inputs.groups);
    const excludedUsers = inputs.excludedUsers === null ? [] : given(inputs.excludedUsers);
    if ([name, expression, groupIds, excludedUsers].every((part) => part === undefined)) {
      throw new CardError("There is nothing to update: every input but the rule is empty.", {
        kind: "input",
        code: "nothing-to-update",
        hint: "Fill in what should change, or leave the card out with If/Else when there is none.",
      });
    }
    const address = path`/api/v1/groups/rules/${{ rule }}`;
    const before = rulePartsOf((await client.request({ method: "GET", path: address })).body);
    const { body } = await client.request({
      method: "PUT",
      path: address,
      body: ruleBody({
        name: name ?? before.name,
        expression: expression ?? before.expression,
        groupIds: groupIds ?? before.groupIds,
        excludedUsers: excludedUsers ?? before.excludedUsers,
      }),
    });
    return readOutputs(ruleFields, ruleSource(body));
  },
});

/** A mapped list may be there and empty, which is as good as not given. */
function given(list: string[] | undefined): string[] | undefined {
  return list && list.length > 0 ? list : undefined;
}
