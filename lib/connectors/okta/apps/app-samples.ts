import type { JsonObject } from "../../../flow/json.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "../samples.ts";

/**
 * Applications of the sandbox org, under the ids they have there. Ann Lee has GitHub Enterprise Cloud, as everybody in
 * Engineering has, and not yet the Expense Portal; Jira (old) is inactive.
 */
export const SAMPLE_APP_ID = "0oaSandboxApp400005d";
export const SAMPLE_OTHER_APP_ID = "0oaSandboxApp600005d";
export const SAMPLE_INACTIVE_APP_ID = "0oaSandboxApp800005d";

/** An application as GET /api/v1/apps/{appId} answers. */
export const SAMPLE_OKTA_APP: JsonObject = {
  id: SAMPLE_APP_ID,
  name: "github_enterprise_cloud",
  label: "GitHub Enterprise Cloud",
  status: "ACTIVE",
  created: "2024-03-14T08:30:00.000Z",
  lastUpdated: "2024-03-14T08:30:00.000Z",
  features: [],
  signOnMode: "SAML_2_0",
  settings: { app: {}, manualProvisioning: false, implicitAssignment: false },
  _links: { users: { href: `https://example.okta.com/api/v1/apps/${SAMPLE_APP_ID}/users` } },
};

/** The assignment of a user as GET /api/v1/apps/{appId}/users/{userId} answers. */
export const SAMPLE_OKTA_APP_USER: JsonObject = {
  id: SAMPLE_USER_ID,
  externalId: null,
  created: "2026-11-20T10:15:32.000Z",
  lastUpdated: "2026-11-20T10:15:32.000Z",
  scope: "USER",
  status: "ACTIVE",
  statusChanged: "2026-11-20T10:15:32.000Z",
  passwordChanged: null,
  syncState: "DISABLED",
  credentials: { userName: "ann.lee@example.com" },
  profile: { firstName: "Ann", lastName: "Lee", email: "ann.lee@example.com", githubLogin: "ann-lee" },
  _links: { app: { href: `https://example.okta.com/api/v1/apps/${SAMPLE_APP_ID}` } },
};

/** The assignment of a group as GET /api/v1/apps/{appId}/groups/{groupId} answers. */
export const SAMPLE_OKTA_APP_GROUP: JsonObject = {
  id: SAMPLE_GROUP_ID,
  lastUpdated: "2026-11-20T10:10:03.000Z",
  priority: 0,
  profile: {},
  _links: { group: { href: `https://example.okta.com/api/v1/groups/${SAMPLE_GROUP_ID}` } },
};
