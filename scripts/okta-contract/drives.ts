import { SAMPLE_MANAGER_ID } from "#lib/connectors/okta/linked-objects/linked-object-inputs.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "#lib/connectors/okta/samples.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Drive } from "./contract-case.ts";
import { assignUser, deactivateRule } from "./prepare.ts";

/** Every attribute of a user that an admin can fill in, custom ones of the sandbox org included. */
const WHOLE_PROFILE: JsonObject = {
  login: "ola.berg@example.com",
  firstName: "Ola",
  lastName: "Berg",
  middleName: "M.",
  honorificPrefix: "Dr.",
  honorificSuffix: "III",
  email: "ola.berg@example.com",
  title: "Engineer",
  displayName: "Ola Berg",
  nickName: "Ola",
  profileUrl: "https://people.example.com/ola",
  secondEmail: "ola@home.example",
  mobilePhone: "+47 400 00 000",
  primaryPhone: "+47 22 00 00 00",
  streetAddress: "Storgata 1",
  city: "Oslo",
  state: "Oslo",
  zipCode: "0155",
  countryCode: "NO",
  postalAddress: "Postboks 1, Oslo",
  preferredLanguage: "nb",
  locale: "nb_NO",
  timezone: "Europe/Oslo",
  userType: "Contractor",
  employeeNumber: "2001",
  costCenter: "100",
  organization: "Example",
  division: "Products",
  department: "Engineering",
  managerId: SAMPLE_MANAGER_ID,
  manager: "Grace Okafor",
  contractEndDate: "2027-06-30",
  costCenterCode: "CC-100",
  badgeNumber: "42",
  fte: "0.5",
  remote: "yes",
  skills: ["sql", "go"],
};
const { login: _login, email: _email, ...REST_OF_PROFILE } = WHOLE_PROFILE;

const ALL = { resultSet: "all" };
const limited = (name: string, options: Record<string, string> = {}): Drive[] => [
  { name, options, inputs: { recordLimit: 2 } },
];
/** The application whose sign-in takes a user name and a password. */
const PAYROLL = "0oaSandboxApp900005d";
const SIGN_IN = { application: PAYROLL, userName: "ann", password: "Payroll-Pass-1" };
const T = "2026-01-01T00:00:00.000Z";

/** Drives besides samples and choices, so that every input a card has goes out at least once. */
export const DRIVES: Record<string, Drive[]> = {
  "okta.users.create": [{ name: "every attribute", inputs: { profile: WHOLE_PROFILE, activate: false } }],
  "okta.users.update": [
    {
      name: "clearing",
      inputs: { profile: { nickName: null, mobilePhone: null, skills: null } },
    },
    { name: "every attribute", inputs: { profile: REST_OF_PROFILE } },
    {
      name: "credentials",
      inputs: {
        password: "Staple-Battery-57",
        recoveryQuestion: "What grew in front of your first house?",
        recoveryAnswer: "magnolia",
      },
    },
  ],
  "okta.users.find": limited("two of all", ALL),
  "okta.users.listWithFilter": [
    {
      name: "every criterion",
      options: ALL,
      inputs: {
        lastUpdated: T,
        id: SAMPLE_USER_ID,
        email: "ann.lee@example.com",
        firstName: "Ann",
        lastName: "Lee",
        customFilter: 'status eq "ACTIVE"',
        recordLimit: 2,
      },
    },
  ],
  "okta.users.listWithSearch": [
    {
      name: "every criterion",
      options: ALL,
      inputs: {
        created: T,
        activated: T,
        statusChanged: T,
        lastUpdated: T,
        id: SAMPLE_USER_ID,
        customSearchCriteria: 'profile.badgeNumber gt 1 and profile.title sw "E"',
        sortBy: "status",
        sortOrder: "desc",
        recordLimit: 2,
      },
    },
  ],
  "okta.users.resetPassword": [{ name: "ending sessions", inputs: { revokeSessions: true } }],
  "okta.users.changePassword": [
    { name: "strictly, ending sessions", inputs: { strict: true, revokeSessions: true } },
  ],
  "okta.users.clearSessions": [{ name: "remembering devices", inputs: { forgetDevices: false } }],
  "okta.users.getGroups": limited("two"),
  "okta.users.listApps": limited("two"),
  "okta.groups.create": [
    { name: "custom properties", inputs: { customProperties: { description: "By its variable name" } } },
  ],
  "okta.groups.update": [
    { name: "clearing", inputs: { description: null } },
    {
      name: "every input",
      inputs: { name: "Builders", customProperties: { description: "By its variable name" } },
    },
  ],
  "okta.groups.search": [
    ...limited("two of all", ALL),
    {
      name: "every criterion",
      options: { ...ALL, searchBy: "search" },
      inputs: { name: "Engineering", type: "OKTA_GROUP", search: 'profile.description co "e"' },
      without: ["query"],
    },
  ],
  "okta.groups.listMembers": limited("two"),
  "okta.groups.listApps": limited("two"),
  "okta.rules.create": [{ name: "with an exception", inputs: { excludedUsers: [SAMPLE_USER_ID] } }],
  "okta.rules.update": [
    { name: "clearing", inputs: { excludedUsers: null }, before: deactivateRule },
    {
      name: "every input",
      inputs: { name: "Hirers", groups: [SAMPLE_GROUP_ID], excludedUsers: [SAMPLE_USER_ID] },
      before: deactivateRule,
    },
  ],
  "okta.rules.search": limited("two of all", ALL),
  "okta.rules.delete": [{ name: "with its members", inputs: { removeUsers: true } }],
  "okta.roles.assignToUser": [{ name: "quietly", inputs: { disableNotifications: true } }],
  "okta.logs.search": [
    {
      name: "every criterion",
      options: ALL,
      inputs: {
        eventType: "user.lifecycle.create",
        uuid: "85b60edb-4263-4e13-993b-818e26201052",
        displayMessage: "Create Okta user",
        actorId: SAMPLE_USER_ID,
        actorDisplayName: "Ann Lee",
        actorType: "User",
        targetId: SAMPLE_USER_ID,
        targetDisplayName: "Ann Lee",
        targetType: "User",
        outcomeResult: "SUCCESS",
        customFilter: 'severity eq "INFO"',
        since: T,
        until: "2026-02-01T00:00:00.000Z",
        recordLimit: 2,
      },
    },
  ],
  "okta.apps.search": [
    {
      name: "inactive ones too",
      options: ALL,
      inputs: { includeInactive: true, recordLimit: 2 },
      without: ["query"],
    },
  ],
  "okta.apps.assignUser": [{ name: "with a sign-in", inputs: SIGN_IN }],
  "okta.apps.assignUserWithProfile": [{ name: "with a sign-in", inputs: SIGN_IN, without: ["profile"] }],
  "okta.apps.listUsers": [{ name: "by name", inputs: { query: "ann", recordLimit: 2 } }],
  "okta.apps.removeUser": [{ name: "with a message", inputs: { sendEmail: true } }],
  "okta.apps.updateCredentials": [{ name: "with a password", inputs: SIGN_IN, before: assignUser }],
  "okta.apps.updateProfile": [
    { name: "clearing", inputs: { profile: { githubLogin: null } } },
    { name: "with a sign-in", inputs: { ...SIGN_IN, profile: { firstName: "Annie" } }, before: assignUser },
  ],
  "okta.apps.assignGroup": [
    { name: "every input", inputs: { priority: 1, profile: { githubLogin: "builders" } } },
  ],
  "okta.apps.listGroups": [{ name: "by name", inputs: { query: "Eng", recordLimit: 2 } }],
  "okta.linkedobjects.getAssociated": limited("two"),
  "okta.imports.bulkUsers": [{ name: "page by page", inputs: { usersPerPage: 1 } }],
  "okta.imports.mapAttributes": [
    { name: "chosen attributes", inputs: { attributes: { userName: "userName", email: "email" } } },
  ],
  "okta.api.custom": [
    {
      name: "query and headers",
      inputs: { relativeUrl: "/api/v1/users", query: { limit: 2 }, headers: { Accept: "application/json" } },
    },
  ],
};
