import { describe } from "vitest";
import type { Json } from "../../../flow/json.ts";
import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { SAMPLE_OKTA_GROUP } from "../samples.ts";
import type { SeenRequest } from "../test-okta-client.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { addUserToGroups } from "./add-user-to-groups.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { getGroupByName } from "./get-group-by-name.ts";
import { listGroupApps } from "./list-group-apps.ts";
import { listGroupMembers } from "./list-group-members.ts";
import { addUserToGroup, removeUserFromGroup } from "./membership.ts";
import { readGroup } from "./read-group.ts";
import { searchGroups } from "./search-groups.ts";
import { updateGroup } from "./update-group.ts";

const PROFILE = { name: "Engineering", description: "Everybody who builds the product" };
const group = (name: string) => ({ ...SAMPLE_OKTA_GROUP, profile: { name, description: null } });
const put = (path: string, body?: Json): SeenRequest =>
  body === undefined ? { method: "PUT", path } : { method: "PUT", path, body };

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
    request: get("/api/v1/groups", { q: "Eng", limit: 10_000 }),
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
  {
    name: "Create Group",
    card: createGroup,
    inputs: { name: "Night Shift", description: "", customProperties: { site: "Oslo" } },
    answer: { body: SAMPLE_OKTA_GROUP },
    request: post("/api/v1/groups", { body: { profile: { site: "Oslo", name: "Night Shift" } } }),
    outputs: { id: SAMPLE_OKTA_GROUP.id ?? null, rawBody: SAMPLE_OKTA_GROUP },
  },
  {
    name: "Get Group by Name takes the whole name, not its beginning",
    card: getGroupByName,
    inputs: { name: "engineering" },
    answer: { body: [group("Engineering EMEA"), group("Engineering"), group("Engineering Managers")] },
    request: get("/api/v1/groups", { q: "engineering", limit: 300 }),
    outputs: { profile: { name: "Engineering" } },
  },
  {
    name: "Get Group by Name with no match",
    card: getGroupByName,
    inputs: { name: "Sales" },
    answer: { body: [group("Sales EMEA")] },
    request: get("/api/v1/groups", { q: "Sales", limit: 300 }),
    outputs: { id: null, rawBody: null },
  },
  {
    name: "Update Group keeps what is not given",
    card: updateGroup,
    inputs: { group: "00g1", name: "Builders", description: "" },
    answer: { body: { ...SAMPLE_OKTA_GROUP, profile: { ...PROFILE, site: "Oslo" } } },
    request: [
      get("/api/v1/groups/00g1"),
      put("/api/v1/groups/00g1", { profile: { ...PROFILE, site: "Oslo", name: "Builders" } }),
    ],
  },
  {
    name: "Update Group clears what is cleared on purpose, the name never",
    card: updateGroup,
    inputs: { group: "00g1", name: null, description: null, customProperties: { site: null } },
    answer: { body: { ...SAMPLE_OKTA_GROUP, profile: { ...PROFILE, site: "Oslo" } } },
    request: [get("/api/v1/groups/00g1"), put("/api/v1/groups/00g1", { profile: { name: PROFILE.name } })],
  },
  {
    name: "Delete Group",
    card: deleteGroup,
    inputs: { group: "00g1" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/groups/00g1" },
    outputs: { statusCode: 204 },
  },
  {
    name: "Add User to Multiple Groups, each group once",
    card: addUserToGroups,
    inputs: { groups: ["00g1", "00g2", "00g1"], user: "00u1" },
    answer: { status: 204 },
    request: [put("/api/v1/groups/00g1/users/00u1"), put("/api/v1/groups/00g2/users/00u1")],
    outputs: {
      allAdded: true,
      results: [
        { groupId: "00g1", added: true, statusCode: 204 },
        { groupId: "00g2", added: true, statusCode: 204 },
      ],
    },
  },
  {
    name: "List Applications Assigned to Group",
    card: listGroupApps,
    inputs: { group: "00g1", recordLimit: 5 },
    answer: { body: [SAMPLE_OKTA_APP] },
    request: get("/api/v1/groups/00g1/apps", { limit: 5 }),
    outputs: { applications: [{ id: SAMPLE_OKTA_APP.id ?? null }] },
  },
];

describe("what the group cards ask of Okta", () => testRequests(GROUPS, "okta.groups."));
