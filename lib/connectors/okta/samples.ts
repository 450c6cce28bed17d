import type { JsonObject } from "../../flow/json.ts";

/**
 * Objects in the shape of answers recorded from real orgs, with invented people. Used as the samples of the cards and
 * by their tests. Ann Lee and Engineering are in the sandbox org under these ids, so that a card tested with its sample
 * finds them there.
 */
export const SAMPLE_USER_ID = "00u0QCyPt2swhTLSBX5d";
export const SAMPLE_GROUP_ID = "00g3BIaI64CbdyASBX5d";

/** Others of the sandbox org, by the status some cards need. */
export const SAMPLE_LOCKED_LOGIN = "liam.murphy@example.com";
export const SAMPLE_PROVISIONED_LOGIN = "aisha.bello@example.com";
/** Password of everybody in the sandbox org who has one. */
export const SAMPLE_PASSWORD = "Correct-Horse-42";

const PROFILE = {
  firstName: "Ann",
  lastName: "Lee",
  mobilePhone: "+1 555 010 0199",
  secondEmail: null,
  login: "ann.lee@example.com",
  email: "ann.lee@example.com",
  title: "Engineer",
  department: "Engineering",
  userType: "Employee",
};

/** A user as GET /api/v1/users/{id} answers. */
export const SAMPLE_OKTA_USER: JsonObject = {
  id: SAMPLE_USER_ID,
  status: "ACTIVE",
  created: "2026-03-02T12:48:24.000Z",
  activated: "2026-03-02T12:48:25.000Z",
  statusChanged: "2026-03-02T12:48:25.000Z",
  lastLogin: "2026-11-19T08:02:11.000Z",
  lastUpdated: "2026-10-05T09:30:00.000Z",
  passwordChanged: "2026-03-02T12:50:00.000Z",
  type: { id: "oty1default2type3d7" },
  profile: PROFILE,
  credentials: { password: {}, provider: { type: "OKTA", name: "OKTA" } },
  _links: { self: { href: `https://example.okta.com/api/v1/users/${SAMPLE_USER_ID}` } },
};

/** A group as GET /api/v1/groups/{id} answers. */
export const SAMPLE_OKTA_GROUP: JsonObject = {
  id: SAMPLE_GROUP_ID,
  created: "2025-12-17T10:59:04.000Z",
  lastUpdated: "2025-12-17T10:59:04.000Z",
  lastMembershipUpdated: "2026-11-18T16:20:00.000Z",
  objectClass: ["okta:user_group"],
  type: "OKTA_GROUP",
  profile: { name: "Engineering", description: "Everybody who builds the product" },
  _links: { users: { href: `https://example.okta.com/api/v1/groups/${SAMPLE_GROUP_ID}/users` } },
};
