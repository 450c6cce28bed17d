import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";
import { runOktaCard } from "../test-okta-card.ts";
import { notFound } from "../test-okta-client.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import {
  SAMPLE_APP_ID,
  SAMPLE_OKTA_APP,
  SAMPLE_OKTA_APP_GROUP,
  SAMPLE_OKTA_APP_USER,
} from "./app-samples.ts";
import { activateApplication, deactivateApplication, deleteApplication } from "./application-lifecycle.ts";
import { assignUserForProvisioning, assignUserForSso } from "./assign-user.ts";
import { assignGroup, readAssignedGroup, removeGroupFromApplication } from "./assigned-group.ts";
import { getAssignedUser, removeUserFromApplication } from "./assigned-user.ts";
import { listAssignedGroups, listAssignedUsers } from "./list-assigned.ts";
import { readApplication } from "./read-application.ts";
import { searchApplications } from "./search-applications.ts";
import { updateAppCredentials, updateAppProfile } from "./update-assigned-user.ts";

const appUser = { body: SAMPLE_OKTA_APP_USER };
const appGroup = { body: SAMPLE_OKTA_APP_GROUP };

const APPS: RequestCase[] = [
  {
    name: "Search Applications by query, first",
    card: searchApplications,
    inputs: { query: "GitHub" },
    answer: { body: [SAMPLE_OKTA_APP] },
    request: get("/api/v1/apps", { q: "GitHub", limit: 1 }),
    outputs: { id: SAMPLE_APP_ID, label: "GitHub Enterprise Cloud", features: [], applications: null },
  },
  {
    name: "Search Applications with no match",
    card: searchApplications,
    inputs: { query: "nothing" },
    answer: { body: [] },
    request: get("/api/v1/apps", { q: "nothing", limit: 1 }),
    outputs: { id: null, rawBody: null },
  },
  {
    name: "Search Applications, all of them",
    card: searchApplications,
    options: { resultSet: "all" },
    inputs: { includeInactive: true, recordLimit: 1000 },
    answer: { body: [SAMPLE_OKTA_APP] },
    request: get("/api/v1/apps", { includeNonDeleted: true, limit: 200 }),
  },
  {
    name: "Search Applications by filter",
    card: searchApplications,
    options: { resultSet: "all", searchBy: "filter" },
    inputs: { filter: 'name eq "salesforce"' },
    answer: { body: [] },
    request: get("/api/v1/apps", { filter: 'name eq "salesforce"', limit: 200 }),
    outputs: { applications: [], id: null },
  },
  {
    name: "Read Application",
    card: readApplication,
    inputs: { application: "0oa1" },
    answer: { body: SAMPLE_OKTA_APP },
    request: get("/api/v1/apps/0oa1"),
    outputs: { name: "github_enterprise_cloud", status: "ACTIVE", rawBody: SAMPLE_OKTA_APP },
  },
  {
    name: "Activate Application",
    card: activateApplication,
    inputs: { application: "0oa1" },
    request: post("/api/v1/apps/0oa1/lifecycle/activate"),
    outputs: { statusCode: 200 },
  },
  {
    name: "Deactivate Application",
    card: deactivateApplication,
    inputs: { application: "0oa1" },
    request: post("/api/v1/apps/0oa1/lifecycle/deactivate"),
  },
  {
    name: "Delete Application",
    card: deleteApplication,
    inputs: { application: "0oa1" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/apps/0oa1" },
    outputs: { statusCode: 204 },
  },
];

const USERS: RequestCase[] = [
  {
    name: "Assign User to Application for SSO, without credentials",
    card: assignUserForSso,
    inputs: { application: "0oa1", user: "00u1", userName: "", password: "" },
    answer: appUser,
    request: post("/api/v1/apps/0oa1/users", { body: { id: "00u1", scope: "USER" } }),
    outputs: {
      id: SAMPLE_USER_ID,
      externalId: null,
      scope: "USER",
      credentials: { userName: "ann.lee@example.com", password: false },
      profile: { githubLogin: "ann-lee" },
    },
  },
  {
    name: "Assign User to Application for SSO, with a password Okta keeps",
    card: assignUserForSso,
    inputs: { application: "0oa1", user: "00u1", userName: "ann", password: "Correct-Horse-9" },
    answer: { body: { ...SAMPLE_OKTA_APP_USER, credentials: { userName: "ann", password: {} } } },
    request: post("/api/v1/apps/0oa1/users", {
      body: {
        id: "00u1",
        scope: "USER",
        credentials: { userName: "ann", password: { value: "Correct-Horse-9" } },
      },
    }),
    outputs: { credentials: { userName: "ann", password: true } },
  },
  {
    name: "Assign User to Application for SSO and Provisioning",
    card: assignUserForProvisioning,
    inputs: {
      application: "0oa1",
      user: "00u1",
      profile: { nickname: "Annie", gender: "", approvalLimit: 5 },
    },
    answer: appUser,
    request: post("/api/v1/apps/0oa1/users", {
      body: { id: "00u1", scope: "USER", profile: { nickname: "Annie", approvalLimit: 5 } },
    }),
  },
  {
    name: "Get Assigned User for Application",
    card: getAssignedUser,
    inputs: { application: "0oa1", user: "00u1" },
    answer: appUser,
    request: get("/api/v1/apps/0oa1/users/00u1"),
    outputs: { status: "ACTIVE", syncState: "DISABLED", rawBody: SAMPLE_OKTA_APP_USER },
  },
  {
    name: "List Users Assigned to Application",
    card: listAssignedUsers,
    inputs: { application: "0oa1" },
    answer: { body: [SAMPLE_OKTA_APP_USER] },
    request: get("/api/v1/apps/0oa1/users", { limit: 500 }),
  },
  {
    name: "List Users Assigned to Application, a few by name",
    card: listAssignedUsers,
    inputs: { application: "0oa1", query: "an", recordLimit: 7 },
    answer: { body: [] },
    request: get("/api/v1/apps/0oa1/users", { q: "an", limit: 7 }),
    outputs: { users: [] },
  },
  {
    name: "Update Application Credentials for an Assigned User",
    card: updateAppCredentials,
    inputs: { application: "0oa1", user: "00u1", userName: "ann" },
    answer: appUser,
    request: post("/api/v1/apps/0oa1/users/00u1", { body: { credentials: { userName: "ann" } } }),
  },
  {
    name: "Update Application Profile for an Assigned User",
    card: updateAppProfile,
    inputs: { application: "0oa1", user: "00u1", profile: { githubLogin: "annie", organizations: "" } },
    answer: appUser,
    request: post("/api/v1/apps/0oa1/users/00u1", { body: { profile: { githubLogin: "annie" } } }),
  },
  {
    name: "Remove User from Application",
    card: removeUserFromApplication,
    inputs: { application: "0oa1", user: "00u1", sendEmail: "yes" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/apps/0oa1/users/00u1", query: { sendEmail: true } },
    outputs: { status: 204 },
  },
];

const GROUPS: RequestCase[] = [
  {
    name: "Assign Group to Application",
    card: assignGroup,
    inputs: { application: "0oa1", group: "00g1" },
    answer: appGroup,
    request: [
      get("/api/v1/apps/0oa1/groups/00g1"),
      {
        method: "PUT",
        path: "/api/v1/apps/0oa1/groups/00g1",
        body: { priority: 0 },
      },
    ],
    outputs: { id: SAMPLE_GROUP_ID, priority: 0, links: { group: { href: expect.any(String) } } },
  },
  {
    name: "Assign Group to Application, first and with attributes",
    card: assignGroup,
    inputs: { application: "0oa1", group: "00g1", priority: 0, profile: { role: "Member" } },
    answer: {
      body: { ...SAMPLE_OKTA_APP_GROUP, priority: 4, profile: { role: "Admin", team: "Web", desk: null } },
    },
    request: [
      get("/api/v1/apps/0oa1/groups/00g1"),
      {
        method: "PUT",
        path: "/api/v1/apps/0oa1/groups/00g1",
        body: { priority: 0, profile: { role: "Member", team: "Web" } },
      },
    ],
  },
  {
    name: "List Groups Assigned to Application",
    card: listAssignedGroups,
    inputs: { application: "0oa1" },
    answer: { body: [SAMPLE_OKTA_APP_GROUP] },
    request: get("/api/v1/apps/0oa1/groups", { limit: 200 }),
  },
  {
    name: "List Groups Assigned to Application, fewer than Okta's smallest page",
    card: listAssignedGroups,
    inputs: { application: "0oa1", query: "Eng", recordLimit: 1 },
    answer: { body: [SAMPLE_OKTA_APP_GROUP, SAMPLE_OKTA_APP_GROUP] },
    request: get("/api/v1/apps/0oa1/groups", { q: "Eng", limit: 20 }),
    outputs: { groups: [{ id: SAMPLE_GROUP_ID }] },
  },
  {
    name: "Read Assigned Group for Application",
    card: readAssignedGroup,
    inputs: { application: "0oa1", group: "00g1" },
    answer: appGroup,
    request: get("/api/v1/apps/0oa1/groups/00g1"),
    outputs: { lastUpdated: "2026-11-20T10:10:03.000Z" },
  },
  {
    name: "Remove Group from Application",
    card: removeGroupFromApplication,
    inputs: { application: "0oa1", group: "00g1" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/apps/0oa1/groups/00g1" },
    outputs: { status: 204 },
  },
];

describe("what the application cards ask of Okta", () =>
  testRequests([...APPS, ...USERS, ...GROUPS], "okta.apps."));

describe("assigning a group", () => {
  it("sends only what is filled in where the group is not assigned yet", async () => {
    const assign = (more: JsonObject) =>
      runOktaCard(assignGroup, {
        inputs: { application: "0oa1", group: "00g1", ...more },
        answers: [notFound("GroupAppAssignment"), { body: SAMPLE_OKTA_APP_GROUP }],
      });
    expect((await assign({})).requests[1]?.body).toEqual({});
    const filled = { priority: 2, profile: { role: "Member" } };
    expect((await assign(filled)).requests[1]?.body).toEqual(filled);
  });
});

describe("updating an assigned user", () => {
  const at = { application: "0oa1", user: "00u1" };

  it("sends credentials and profile in calls of their own, and gives the last answer", async () => {
    const { outputs, requests } = await runOktaCard(updateAppProfile, {
      inputs: { ...at, userName: "ann", profile: { githubLogin: "annie" } },
      answers: [{ body: { id: "first" } }, { body: { id: "last" } }],
    });
    expect(requests.map(({ body }) => body)).toEqual([
      { credentials: { userName: "ann" } },
      { profile: { githubLogin: "annie" } },
    ]);
    expect(outputs?.id).toBe("last");
  });

  it.each([updateAppCredentials, updateAppProfile])("refuses to send nothing", async (card) => {
    await expect(runOktaCard(card, { inputs: { ...at, userName: "" } })).rejects.toMatchObject({
      details: { code: "nothing-to-update" },
    });
  });
});
