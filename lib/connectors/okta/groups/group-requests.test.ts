import { describe } from "vitest";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import { get, type RequestCase, testRequests } from "../test-requests.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { addUserToGroup, removeUserFromGroup } from "./membership.ts";
import { readGroup } from "./read-group.ts";
import { searchGroups } from "./search-groups.ts";

const GROUPS: RequestCase[] = [
  {
    name: "Search Groups by query, first",
    card: searchGroups,
    inputs: { query: "Eng" },
    answer: { body: [SAMPLE_OKTA_GROUP] },
    request: get("/api/v1/groups", { q: "Eng", limit: 1 }),
    outputs: { type: "OKTA_GROUP", objectClass: ["okta:user_group"], groups: null },
  },
  {
    name: "Search Groups by query, all in one call",
    card: searchGroups,
    options: { resultSet: "all" },
    inputs: { query: "Eng" },
    answer: { body: [] },
    request: get("/api/v1/groups", { q: "Eng", limit: 300 }),
  },
  {
    name: "Search Groups by expression, in pages",
    card: searchGroups,
    options: { resultSet: "all", searchBy: "search" },
    inputs: { search: 'profile.name sw "Eng"' },
    answer: { body: [] },
    request: get("/api/v1/groups", { search: 'profile.name sw "Eng"', limit: 200 }),
  },
  {
    name: "Read Group",
    card: readGroup,
    inputs: { group: "00g1" },
    answer: { body: SAMPLE_OKTA_GROUP },
    request: get("/api/v1/groups/00g1"),
    outputs: { profile: { name: "Engineering", description: "Everybody who builds the product" } },
  },
  {
    name: "List Group Members",
    card: listGroupMembers,
    inputs: { group: "00g1" },
    answer: { body: [] },
    request: get("/api/v1/groups/00g1/users", { limit: 200 }),
  },
  {
    name: "Add User to Group",
    card: addUserToGroup,
    inputs: { group: "00g1", user: "00u1" },
    answer: { status: 204 },
    request: { method: "PUT", path: "/api/v1/groups/00g1/users/00u1" },
    outputs: { status: 204 },
  },
  {
    name: "Remove User from Group",
    card: removeUserFromGroup,
    inputs: { group: "00g1", user: "00u1" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/groups/00g1/users/00u1" },
    outputs: { status: 204 },
  },
];

describe("what the group cards ask of Okta", () => testRequests(GROUPS, "okta.groups."));
