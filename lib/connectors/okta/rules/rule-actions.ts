import type { Card } from "../../../cards/define.ts";
import { createGroupRule } from "./create-group-rule.ts";
import { deleteGroupRule } from "./delete-group-rule.ts";
import { readGroupRule } from "./read-group-rule.ts";
import { activateGroupRule, deactivateGroupRule } from "./rule-lifecycle.ts";
import { searchGroupRules } from "./search-group-rules.ts";
import { updateGroupRule } from "./update-group-rule.ts";

/** The cards about group rules, in the order of the palette. */
export const groupRuleActions: Card[] = [
  createGroupRule,
  readGroupRule,
  searchGroupRules,
  updateGroupRule,
  deleteGroupRule,
  activateGroupRule,
  deactivateGroupRule,
];
