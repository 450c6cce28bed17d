import { describe } from "vitest";
import { SAMPLE_OKTA_GROUP, SAMPLE_OKTA_USER } from "../samples.ts";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { createUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { findUsers } from "./find-users.ts";
import { getUsersGroups } from "./get-users-groups.ts";
import { activateUser, deactivateUser, suspendUser, unsuspendUser } from "./lifecycle.ts";
import { readUser } from "./read-user.ts";
import { LOOKUPS } from "./test-lookup-requests.ts";
import { SECURITY } from "./test-security-requests.ts";
import { updateUser } from "./update-user.ts";

const profile = { login: "ann@example.com", firstName: "Ann", lastName: "Lee", email: "ann@example.com" };
const user = { body: SAMPLE_OKTA_USER };

const CREATE: RequestCase[] = [
  {
    name: "Create User without credentials",
    card: createUser,
    inputs: { profile: { ...profile, costCenter: "", badge: 7 } },
    answer: user,
    request: post("/api/v1/users", { body: { profile: { ...profile, badge: 7 } } }),
    outputs: { id: SAMPLE_OKTA_USER.id ?? null, status: "ACTIVE", rawBody: SAMPLE_OKTA_USER },
  },
  {
    name: "Create User, not activated",
    card: createUser,
    inputs: { profile, activate: false },
    request: post("/api/v1/users", { query: { activate: false }, body: { profile } }),
  },
  {
    name: "Create User with recovery question",
    card: createUser,
    options: { option: "question" },
    inputs: { profile, question: "First pet?", answer: "Rex the dog" },
    request: post("/api/v1/users", {
      body: {
        profile,
        credentials: { recovery_question: { question: "First pet?", answer: "Rex the dog" } },
      },
    }),
  },
  {
    name: "Create User with password, to be changed",
    card: createUser,
    options: { option: "password" },
    inputs: { profile, password: "Correct-Horse-9", activate: true, changePassword: true },
    request: post("/api/v1/users", {
      query: { activate: true, nextLogin: "changePassword" },
      body: { profile, credentials: { password: { value: "Correct-Horse-9" } } },
    }),
  },
  {
    name: "Create User with password and recovery questions",
    card: createUser,
    options: { option: "passwordAndQuestion" },
    inputs: { profile, password: "Correct-Horse-9", question: "First pet?", answer: "Rex the dog" },
    request: post("/api/v1/users", {
      body: {
        profile,
        credentials: {
          password: { value: "Correct-Horse-9" },
          recovery_question: { question: "First pet?", answer: "Rex the dog" },
        },
      },
    }),
  },
  {
    name: "Create User with authentication provider",
    card: createUser,
    options: { option: "provider" },
    inputs: { profile, providerType: "ACTIVE_DIRECTORY", providerName: "corp.example.com" },
    request: post("/api/v1/users", {
      query: { provider: true },
      body: { profile, credentials: { provider: { type: "ACTIVE_DIRECTORY", name: "corp.example.com" } } },
    }),
  },
  {
    name: "Create User in group",
    card: createUser,
    options: { option: "group" },
    inputs: { profile, groupIds: "00g1" },
    request: post("/api/v1/users", { body: { profile, groupIds: ["00g1"] } }),
  },
];

const USERS: RequestCase[] = [
  {
    name: "Read User",
    card: readUser,
    inputs: { user: "ann.lee@example.com" },
    answer: user,
    request: get("/api/v1/users/ann.lee%40example.com"),
    outputs: {
      status: "ACTIVE",
      created: "2026-03-02T12:48:24.000Z",
      credentials: { password: true, provider: { name: "OKTA", type: "OKTA" } },
    },
  },
  {
    name: "Update User, partial",
    card: updateUser,
    inputs: { user: "00u1", profile: { department: "Sales", title: "" } },
    request: post("/api/v1/users/00u1", { body: { profile: { department: "Sales" } } }),
  },
  {
    name: "Update User, strict",
    card: updateUser,
    options: { semantics: "strict" },
    inputs: { user: "00u1", profile },
    request: { method: "PUT", path: "/api/v1/users/00u1", body: { profile } },
  },
  {
    name: "Update User, credentials only",
    card: updateUser,
    inputs: {
      user: "00u1",
      password: "New-Horse-9",
      recoveryQuestion: "Pet?",
      recoveryAnswer: "Rex the dog",
    },
    request: post("/api/v1/users/00u1", {
      body: {
        credentials: {
          password: { value: "New-Horse-9" },
          recovery_question: { question: "Pet?", answer: "Rex the dog" },
        },
      },
    }),
  },
  {
    name: "Find Users by query, first",
    card: findUsers,
    inputs: { query: "ann" },
    answer: { body: [SAMPLE_OKTA_USER] },
    request: get("/api/v1/users", { q: "ann", limit: 1 }),
    outputs: { id: SAMPLE_OKTA_USER.id ?? null, firstName: "Ann", email: "ann.lee@example.com", users: null },
  },
  {
    name: "Find Users with no match",
    card: findUsers,
    inputs: { query: "nobody" },
    answer: { body: [] },
    request: get("/api/v1/users", { q: "nobody", limit: 1 }),
    outputs: { id: null, login: null, rawBody: null },
  },
  {
    name: "Find Users by filter, all",
    card: findUsers,
    options: { resultSet: "all", searchBy: "filter" },
    inputs: { filter: 'status eq "LOCKED_OUT"', recordLimit: 5 },
    answer: { body: [SAMPLE_OKTA_USER] },
    request: get("/api/v1/users", { filter: 'status eq "LOCKED_OUT"', limit: 5 }),
  },
  {
    name: "Find Users by search, more than a page",
    card: findUsers,
    options: { resultSet: "all", searchBy: "search" },
    inputs: { search: 'profile.department eq "Sales"', recordLimit: 1000 },
    answer: { body: [] },
    request: get("/api/v1/users", { search: 'profile.department eq "Sales"', limit: 200 }),
    outputs: { users: [], id: null },
  },
  {
    name: "Activate User sends the email",
    card: activateUser,
    inputs: { user: "00u1" },
    request: post("/api/v1/users/00u1/lifecycle/activate", { query: { sendEmail: true } }),
    outputs: { statusCode: 200 },
  },
  {
    name: "Activate User without email",
    card: activateUser,
    options: { sendEmail: "no" },
    inputs: { user: "00u1" },
    request: post("/api/v1/users/00u1/lifecycle/activate", { query: { sendEmail: false } }),
  },
  {
    name: "Deactivate User sends no email",
    card: deactivateUser,
    inputs: { user: "00u1" },
    request: post("/api/v1/users/00u1/lifecycle/deactivate", { query: { sendEmail: false } }),
  },
  {
    name: "Suspend User",
    card: suspendUser,
    inputs: { user: "00u1" },
    request: post("/api/v1/users/00u1/lifecycle/suspend"),
  },
  {
    name: "Unsuspend User",
    card: unsuspendUser,
    inputs: { user: "00u1" },
    request: post("/api/v1/users/00u1/lifecycle/unsuspend"),
  },
  {
    name: "Delete User",
    card: deleteUser,
    inputs: { user: "00u1", sendEmail: "yes" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/users/00u1", query: { sendEmail: true } },
    outputs: { statusCode: 204 },
  },
  {
    name: "Get Users Groups",
    card: getUsersGroups,
    inputs: { user: "00u1" },
    answer: { body: [SAMPLE_OKTA_GROUP] },
    request: get("/api/v1/users/00u1/groups"),
  },
];

describe("what the user cards ask of Okta", () => {
  testRequests([...CREATE, ...USERS, ...LOOKUPS, ...SECURITY], "okta.users.");
});
