import { mappedProfile } from "./app-schema.ts";
import { type AppRecord, type AppUserRecord, isProvisioned, newApp, type SignOnMode } from "./apps.ts";
import { ORG_CREATED, type Org } from "./org.ts";
import { loginOf, type UserRecord } from "./users.ts";

const PUSH = ["PUSH_NEW_USERS", "PUSH_PROFILE_UPDATES", "PUSH_USER_DEACTIVATION"];

const ROWS: [string, string, SignOnMode, AppRecord["status"], string[]][] = [
  ["salesforce", "Salesforce", "SAML_2_0", "ACTIVE", PUSH],
  ["slack", "Slack", "SAML_2_0", "ACTIVE", ["PUSH_NEW_USERS", "GROUP_PUSH"]],
  ["google", "Google Workspace", "SAML_2_0", "ACTIVE", ["IMPORT_NEW_USERS", "PUSH_NEW_USERS"]],
  ["github_enterprise_cloud", "GitHub Enterprise Cloud", "SAML_2_0", "ACTIVE", []],
  ["zoomus", "Zoom", "SAML_2_0", "ACTIVE", ["PUSH_NEW_USERS"]],
  ["oidc_client", "Expense Portal", "OPENID_CONNECT", "ACTIVE", []],
  ["bookmark", "Cafeteria Menu", "BOOKMARK", "ACTIVE", []],
  ["jira_onprem", "Jira (old)", "SAML_2_0", "INACTIVE", []],
  ["payroll_portal", "Payroll Portal", "AUTO_LOGIN", "ACTIVE", []],
  [
    "custom_identity_source",
    "HR System",
    "BROWSER_PLUGIN",
    "ACTIVE",
    ["PROFILE_MASTERING", "IMPORT_NEW_USERS"],
  ],
];

/** The id of a seeded application, counted from 1 in the order of the table. */
const seedAppId = (at: number): string => `0oaSandboxApp${at.toString(36).toUpperCase()}00005d`;

type Pick = (user: UserRecord) => boolean;
const works = (user: UserRecord): boolean => user.status === "ACTIVE";
const inDepartment =
  (...names: string[]): Pick =>
  (user) =>
    works(user) && names.includes(String(user.profile.department));

/** Who has an account from the start, by application. */
const ASSIGNED: Record<string, Pick> = {
  salesforce: inDepartment("Sales", "Customer Success"),
  slack: works,
  github_enterprise_cloud: inDepartment("Engineering"),
  payroll_portal: inDepartment("Finance", "Human Resources"),
};

/** Groups assigned from the start. Everyday groups are left out, so that joining one stays a single event. */
const GROUPS: [string, string][] = [
  ["zoomus", "Managers"],
  ["oidc_client", "Finance"],
];

/** Fills the org with its applications. Ids are fixed and older than those of the generator. */
export function seedApps(org: Org): void {
  for (const [at, [name, label, signOnMode, status, features]] of ROWS.entries()) {
    const id = seedAppId(at + 1);
    const created = new Date(Date.parse(ORG_CREATED) + (35 + at) * 86_400_000).toISOString();
    const app = newApp({ id, seq: at + 1, name, label, signOnMode, status, features, created });
    org.apps.set(id, app);
  }
}

/** Gives the seeded people their accounts. Writes no events: this is history. */
export function seedAssignments(org: Org): void {
  for (const app of org.apps.values()) {
    const wanted = ASSIGNED[app.name];
    if (wanted) for (const user of org.users.all()) if (wanted(user)) give(org, app, user, "USER");
  }
  for (const [name, groupName] of GROUPS) {
    const app = [...org.apps.values()].find((item) => item.name === name);
    const group = org.groups.byName(groupName);
    if (!app || !group) continue;
    const { id } = group;
    app.groups.set(id, { groupId: id, seq: 1, priority: 0, lastUpdated: app.created, profile: {} });
    for (const userId of group.members.keys()) {
      const user = org.users.byId(userId);
      if (user && user.status !== "DEPROVISIONED") give(org, app, user, "GROUP");
    }
  }
}

function give(org: Org, app: AppRecord, user: UserRecord, scope: AppUserRecord["scope"]): void {
  app.users.set(user.id, {
    userId: user.id,
    accountId: org.ids.next("0ua"),
    seq: org.nextSeq(),
    scope,
    status: isProvisioned(app) ? "PROVISIONED" : "ACTIVE",
    syncState: isProvisioned(app) ? "SYNCHRONIZED" : "DISABLED",
    externalId: null,
    userName: loginOf(user),
    created: app.created,
    lastUpdated: app.created,
    passwordChanged: null,
    profile: mappedProfile(app, user.profile),
  });
}
