import { SAMPLE_OKTA_APP } from "../apps/app-samples.ts";
import { SAMPLE_OKTA_USER } from "../samples.ts";
import { get, type RequestCase } from "../test-requests.ts";
import { getUserByShortname } from "./get-user-by-shortname.ts";
import { listUserApps } from "./list-user-apps.ts";
import { listUsersWithFilter } from "./list-users-with-filter.ts";
import { listUsersWithSearch } from "./list-users-with-search.ts";

const found = { body: [SAMPLE_OKTA_USER] };
const created = "2026-11-01T08:00:00.000Z";

/** What the cards that look for users, or for what users have, must ask of Okta. For tests. */
export const LOOKUPS: RequestCase[] = [
  {
    name: "Get User with Login Shortname",
    card: getUserByShortname,
    inputs: { shortname: "ann.lee" },
    answer: { body: SAMPLE_OKTA_USER },
    request: get("/api/v1/users/ann.lee"),
    outputs: { profile: { login: "ann.lee@example.com" } },
  },
  {
    name: "List Users with Filter by status, first",
    card: listUsersWithFilter,
    inputs: { status: "LOCKED_OUT", login: "" },
    answer: found,
    request: get("/api/v1/users", { filter: 'status eq "LOCKED_OUT"', limit: 1 }),
    outputs: { login: "ann.lee@example.com", users: null },
  },
  {
    name: "List Users with Filter by everything, all",
    card: listUsersWithFilter,
    options: { resultSet: "all" },
    inputs: {
      status: "ACTIVE",
      lastUpdated: created,
      id: "00u1",
      login: "a@b.c",
      email: "d@e.f",
      firstName: 'Ann "A"',
      lastName: "Lee",
      customFilter: 'lastUpdated gt "2026-01-01T00:00:00.000Z" or id eq "00u2"',
      recordLimit: 300,
    },
    answer: found,
    request: get("/api/v1/users", {
      filter:
        `status eq "ACTIVE" and lastUpdated eq "${created}" and id eq "00u1" and profile.login eq "a@b.c" and ` +
        'profile.email eq "d@e.f" and profile.firstName eq "Ann \\"A\\"" and profile.lastName eq "Lee" and ' +
        '(lastUpdated gt "2026-01-01T00:00:00.000Z" or id eq "00u2")',
      limit: 200,
    }),
    outputs: { id: null },
  },
  {
    name: "List Users with Search by times and attributes, first",
    card: listUsersWithSearch,
    inputs: { created, profile: { department: "Sales", title: "", badge: 7, remote: false } },
    answer: found,
    request: get("/api/v1/users", {
      search: `created eq "${created}" and profile.department eq "Sales" and profile.badge eq 7 and profile.remote eq false`,
      limit: 1,
    }),
    outputs: { firstName: "Ann", users: null },
  },
  {
    name: "List Users with Search, own criteria, sorted, all",
    card: listUsersWithSearch,
    options: { resultSet: "all" },
    inputs: {
      customSearchCriteria: 'profile.title sw "Chief"',
      sortBy: "profile.lastName",
      sortOrder: "desc",
      recordLimit: 20,
    },
    answer: found,
    request: get("/api/v1/users", {
      search: 'profile.title sw "Chief"',
      sortBy: "profile.lastName",
      sortOrder: "desc",
      limit: 20,
    }),
  },
  {
    name: "List Applications Assigned to User",
    card: listUserApps,
    inputs: { user: '00u1" or status eq "ACTIVE' },
    answer: { body: [SAMPLE_OKTA_APP] },
    request: get("/api/v1/apps", { filter: 'user.id eq "00u1\\" or status eq \\"ACTIVE"', limit: 200 }),
    outputs: { applications: [{ label: SAMPLE_OKTA_APP.label ?? null }] },
  },
];
