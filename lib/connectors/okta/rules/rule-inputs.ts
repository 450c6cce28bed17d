import { field } from "../../../cards/field.ts";

/** The rule a card is about. */
export const ruleInput = field.text({
  label: "ID",
  group: "Group Rule",
  required: true,
  picker: "okta.groupRules",
});

export const EXPRESSION_PLACEHOLDER = 'user.department=="Sales"';
export const EXPRESSION_HELP =
  'In Okta Expression Language, true for the users to assign: String.startsWith(user.title,"Chief").';
