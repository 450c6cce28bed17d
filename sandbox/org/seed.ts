import { newApiToken } from "./api-tokens.ts";
import type { GroupRecord, GroupType } from "./groups.ts";
import { ORG_CREATED, type Org } from "./org.ts";
import { digest } from "./passwords.ts";
import { seedApps, seedAssignments } from "./seed-apps.ts";
import { seedIam } from "./seed-iam.ts";
import { PEOPLE, type Person } from "./seed-people.ts";
import { seedRules } from "./seed-rules.ts";
import type { UserRecord, UserStatus } from "./users.ts";

/** Password and recovery answer of every seeded user who has them; documented, so that flows can be tried. */
export const SEED_PASSWORD = "Correct-Horse-42";
export const SEED_ANSWER = "magnolia";
export const SEED_QUESTION = "What grew in front of your first house?";

const DAY = 86_400_000;
const SEED_START = Date.parse(ORG_CREATED);
const dayAfterStart = (days: number): string => new Date(SEED_START + days * DAY).toISOString();

const STATUSES: readonly UserStatus[] = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "LOCKED_OUT",
  "PASSWORD_EXPIRED",
  "SUSPENDED",
  "DEPROVISIONED",
];

/** The API tokens of the environment, which act as the two admins the org was made with. They are good again after every start. */
export function giveTokens(org: Org, tokens: { full: string; readOnly: string }): void {
  const now = org.now();
  const give = (id: string, name: string, userId: string, token: string) =>
    org.apiTokens.add(newApiToken({ id, name, userId, token, now, given: true }));
  give("00TSandboxFull0000005d", "Sandbox token", org.owners.full, tokens.full);
  give("00TSandboxLook0000005d", "Sandbox token that may only look", org.owners.readOnly, tokens.readOnly);
}

/** Fills an empty org with the same people and groups every time. Writes no log events: this is history. */
export function seedOrg(org: Org): void {
  for (const [at, person] of PEOPLE.entries()) org.users.add(seedUser(org, person, at));
  linkManagers(org);
  seedRoles(org);
  seedGroups(org);
  seedApps(org);
  seedAssignments(org);
  seedRules(org);
  seedIam(org);
}

function seedUser(org: Org, person: Person, at: number): UserRecord {
  const status = STATUSES.find((known) => known === person.status) ?? "ACTIVE";
  const hasPassword = !["STAGED", "PROVISIONED", "DEPROVISIONED"].includes(status);
  const created = dayAfterStart(at * 7);
  const changed = dayAfterStart(at * 7 + 2);
  const login = `${plain(person.firstName)}.${plain(person.lastName)}@example.com`;
  return {
    id: org.ids.next("00u"),
    seq: org.nextSeq(),
    version: 1,
    status,
    created,
    activated: ["STAGED", "DEPROVISIONED"].includes(status) ? null : changed,
    statusChanged: changed,
    lastLogin: status === "ACTIVE" ? dayAfterStart(540 + at) : null,
    lastUpdated: changed,
    passwordChanged: hasPassword ? changed : null,
    profile: seedProfile(person, login, at),
    password: hasPassword ? digest(SEED_PASSWORD) : null,
    recovery: hasPassword ? { question: SEED_QUESTION, answer: digest(SEED_ANSWER) } : null,
    provider: { type: "OKTA", name: "OKTA" },
    factors:
      status === "ACTIVE" && at % 3 === 0
        ? [{ id: org.ids.next("opf"), factorType: "push", provider: "OKTA", created: changed }]
        : [],
    roles: [],
    sessions: status === "ACTIVE" ? at % 3 : 0,
  };
}

function seedProfile(person: Person, login: string, at: number): Record<string, unknown> {
  const contractor = person.userType === "Contractor";
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    login,
    email: login,
    displayName: `${person.firstName} ${person.lastName}`,
    title: person.title,
    department: person.department,
    organization: "Example Corp",
    userType: person.userType,
    employeeNumber: String(10_001 + at),
    city: person.city,
    countryCode: person.countryCode,
    costCenterCode: person.costCenterCode,
    badgeNumber: 4000 + at,
    remote: at % 4 === 0,
    ...(person.skills.length > 0 ? { skills: person.skills } : {}),
    ...(at % 5 === 0 ? { mobilePhone: `+1 555 01${String(at).padStart(2, "0")}` } : {}),
    ...(contractor ? { contractEndDate: `2027-${String(1 + (at % 12)).padStart(2, "0")}-28` } : {}),
  };
}

// Managers stand in the table by shortname; ids exist only once everyone does.
function linkManagers(org: Org): void {
  for (const [at, person] of PEOPLE.entries()) {
    const manager = person.manager ? org.users.find(person.manager) : undefined;
    const row = PEOPLE[at];
    const user = row ? org.users.find(`${plain(row.firstName)}.${plain(row.lastName)}`) : undefined;
    if (!user || !manager) continue;
    org.users.setProfile(user, {
      ...user.profile,
      managerId: manager.id,
      manager: String(manager.profile.displayName),
    });
  }
}

function seedRoles(org: Org): void {
  const give = (shortname: string, type: string) => {
    const user = org.users.find(shortname);
    user?.roles.push({ id: org.ids.next("ra1"), type, created: ORG_CREATED });
    return user?.id ?? "";
  };
  org.owners = {
    full: give("grace.okafor", "SUPER_ADMIN"),
    readOnly: give("katya.novak", "READ_ONLY_ADMIN"),
  };
  give("rachel.green", "HELP_DESK_ADMIN");
}

type Rule = (user: UserRecord) => boolean;
const department =
  (...names: string[]): Rule =>
  (user) =>
    names.includes(String(user.profile.department)) && user.status !== "DEPROVISIONED";

function seedGroups(org: Org): void {
  const groups: [string, string, GroupType, Rule][] = [
    ["Everyone", "All users in your organization", "BUILT_IN", () => true],
    ["Engineering", "Builds and runs the product", "OKTA_GROUP", department("Engineering")],
    ["Product", "Product management and design", "OKTA_GROUP", department("Product")],
    ["Sales", "Everyone who sells", "OKTA_GROUP", department("Sales")],
    ["Marketing", "Campaigns, content and events", "OKTA_GROUP", department("Marketing")],
    ["Finance", "Accounting and payroll", "OKTA_GROUP", department("Finance")],
    ["Human Resources", "People team", "OKTA_GROUP", department("Human Resources")],
    ["IT Support", "Help desk and systems", "OKTA_GROUP", department("IT")],
    [
      "Contractors",
      "External staff with an end date",
      "OKTA_GROUP",
      (user) => user.profile.userType === "Contractor" && user.status !== "DEPROVISIONED",
    ],
    [
      "Managers",
      "People with direct reports",
      "OKTA_GROUP",
      (user) => [...org.users.all()].some((other) => other.profile.managerId === user.id),
    ],
    ["VPN Users", "Imported from Active Directory", "APP_GROUP", department("IT", "Engineering")],
    ["Quarantine", "Accounts under review; empty on a good day", "OKTA_GROUP", () => false],
  ];
  for (const [at, [name, description, type, rule]] of groups.entries()) {
    const stamp = dayAfterStart(at);
    const group: GroupRecord = {
      id: org.ids.next("00g"),
      seq: org.nextSeq(),
      type,
      created: stamp,
      lastUpdated: stamp,
      lastMembershipUpdated: dayAfterStart(450 + at),
      profile: { name, description },
      members: new Map(),
      roles: [],
    };
    org.groups.add(group);
    for (const user of org.users.all()) if (rule(user)) org.groups.join(group, user.id);
  }
}

/** Lower case without accents: "Tomás" and "Malmö" make plain logins. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}
