import { describe } from "vitest";
import type { JsonObject } from "../../../flow/json.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { createGroupRule } from "./create-group-rule.ts";
import { deleteGroupRule } from "./delete-group-rule.ts";
import { readGroupRule } from "./read-group-rule.ts";
import { activateGroupRule, deactivateGroupRule } from "./rule-lifecycle.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";
import { searchGroupRules } from "./search-group-rules.ts";
import { updateGroupRule } from "./update-group-rule.ts";

const ADDRESS = "/api/v1/groups/rules/0pr1";
const NAMES = { expand: "groupIdToGroupNameMap" };

/** A rule as it is sent. */
const rule = (name: string, value: string, groupIds: string[], exclude?: string[]): JsonObject => ({
  type: "group_rule",
  name,
  conditions: {
    expression: { type: "urn:okta:expression:1.0", value },
    people: { users: exclude ? { exclude } : {} },
  },
  actions: { assignUserToGroups: { groupIds } },
});

/** A rule as Okta answers it. */
const before = {
  ...rule("Engineers", 'user.department=="Engineering"', ["00g1"], ["00u8"]),
  id: "0pr1",
  status: "INACTIVE",
  created: "2026-01-14T09:10:43.000Z",
  lastUpdated: "2026-01-14T09:10:44.000Z",
  allGroupsValid: true,
};

const RULES: RequestCase[] = [
  {
    name: "Create Group Rule",
    card: createGroupRule,
    inputs: {
      name: "Sellers",
      expressionConditions: 'user.department=="Sales"',
      groups: ["00g1", "00g2"],
      excludedUsers: ["00u9"],
    },
    answer: { body: before },
    request: post("/api/v1/groups/rules", {
      body: rule("Sellers", 'user.department=="Sales"', ["00g1", "00g2"], ["00u9"]),
    }),
    outputs: {
      id: "0pr1",
      status: "INACTIVE",
      expressionConditions: 'user.department=="Engineering"',
      excludedUsers: ["00u8"],
      groupAssignments: [{ id: "00g1" }],
    },
  },
  {
    name: "Create Group Rule excluding nobody",
    card: createGroupRule,
    inputs: { name: "Sellers", expressionConditions: "true", groups: "00g1", excludedUsers: [] },
    request: post("/api/v1/groups/rules", { body: rule("Sellers", "true", ["00g1"]) }),
  },
  {
    name: "Read Group Rule with the names of its groups",
    card: readGroupRule,
    inputs: { rule: "0pr1" },
    answer: { body: { ...before, _embedded: { groupIdToGroupNameMap: { "00g1": "Engineering" } } } },
    request: get(ADDRESS, NAMES),
    outputs: { groupAssignments: [{ id: "00g1", name: "Engineering" }] },
  },
  {
    name: "Search Group Rules, first",
    card: searchGroupRules,
    inputs: { search: "eng" },
    answer: { body: [SAMPLE_OKTA_RULE] },
    request: get("/api/v1/groups/rules", { search: "eng", limit: 1, ...NAMES }),
    outputs: { name: SAMPLE_OKTA_RULE.name ?? null, rules: null },
  },
  {
    name: "Search Group Rules, all there are",
    card: searchGroupRules,
    options: { resultSet: "all" },
    inputs: { recordLimit: 1000 },
    answer: { body: [SAMPLE_OKTA_RULE] },
    request: get("/api/v1/groups/rules", { limit: 200, ...NAMES }),
    outputs: { id: null },
  },
  {
    name: "Update Group Rule keeps what is not given",
    card: updateGroupRule,
    inputs: { rule: "0pr1", expressionConditions: 'user.department=="R&D"', groups: [] },
    answer: { body: before },
    request: [
      get(ADDRESS),
      {
        method: "PUT",
        path: ADDRESS,
        body: rule("Engineers", 'user.department=="R&D"', ["00g1"], ["00u8"]),
      },
    ],
  },
  {
    name: "Update Group Rule excludes nobody where that is cleared",
    card: updateGroupRule,
    inputs: { rule: "0pr1", groups: ["00g2"], excludedUsers: null },
    answer: { body: before },
    request: [
      get(ADDRESS),
      {
        method: "PUT",
        path: ADDRESS,
        body: rule("Engineers", 'user.department=="Engineering"', ["00g2"]),
      },
    ],
  },
  {
    name: "Delete Group Rule",
    card: deleteGroupRule,
    inputs: { rule: "0pr1" },
    answer: { status: 202 },
    request: { method: "DELETE", path: ADDRESS },
    outputs: { statusCode: 202 },
  },
  {
    name: "Delete Group Rule with its memberships",
    card: deleteGroupRule,
    inputs: { rule: "0pr1", removeUsers: true },
    answer: { status: 202 },
    request: { method: "DELETE", path: ADDRESS, query: { removeUsers: true } },
  },
  {
    name: "Activate Group Rule",
    card: activateGroupRule,
    inputs: { rule: "0pr1" },
    answer: { status: 204 },
    request: post(`${ADDRESS}/lifecycle/activate`),
    outputs: { statusCode: 204 },
  },
  {
    name: "Deactivate Group Rule",
    card: deactivateGroupRule,
    inputs: { rule: "0pr1" },
    answer: { status: 204 },
    request: post(`${ADDRESS}/lifecycle/deactivate`),
    outputs: { statusCode: 204 },
  },
];

describe("what the group rule cards ask of Okta", () => testRequests(RULES, "okta.rules."));
