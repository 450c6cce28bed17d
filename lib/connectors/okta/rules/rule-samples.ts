import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID } from "../samples.ts";

/** The rules Engineers, which is switched off, and Recruiters, which is active, of the sandbox org. */
export const SAMPLE_RULE_ID = "0prSandboxRule10005d";
export const SAMPLE_ACTIVE_RULE_ID = "0prSandboxRule20005d";

/** A group rule as GET /api/v1/groups/rules/{groupRuleId} answers, with the names of its groups. */
export const SAMPLE_OKTA_RULE: JsonObject = {
  type: "group_rule",
  id: SAMPLE_RULE_ID,
  status: "INACTIVE",
  name: "Engineers",
  created: "2026-01-14T09:10:43.000Z",
  lastUpdated: "2026-01-14T09:10:44.000Z",
  conditions: {
    people: { users: { exclude: [] }, groups: { exclude: [] } },
    expression: { value: 'user.department=="Engineering"', type: "urn:okta:expression:1.0" },
  },
  actions: { assignUserToGroups: { groupIds: [SAMPLE_GROUP_ID] } },
  allGroupsValid: true,
  _embedded: { groupIdToGroupNameMap: { [SAMPLE_GROUP_ID]: "Engineering" } },
};
