import type { AppRecord } from "./apps.ts";
import { addAccount, dropAccounts, logAccount } from "./assignments.ts";
import type { ImportRow, ImportSession } from "./imports.ts";
import { setStatus, touch } from "./lifecycle.ts";
import { type Origin, SYSTEM_ACTOR } from "./log-record.ts";
import { appParty, type Org, userParty } from "./org.ts";
import { attributeOf, type Profile, profileProblems } from "./profile-schema.ts";
import { applyRules } from "./rule-engine.ts";
import type { UserRecord } from "./users.ts";

/** How attributes of a source are called in Okta where the names differ. */
const RENAMED = new Map([
  ["userName", "login"],
  ["homeAddress", "streetAddress"],
]);

interface Tally {
  added: number;
  updated: number;
  removed: number;
  unchanged: number;
  failed: number;
}

/** Works off a triggered session: people are created, updated and deactivated as its rows say, then it is COMPLETED. */
export function runImport(org: Org, source: AppRecord, session: ImportSession, origin: Origin): void {
  const asSystem: Origin = { ...origin, actor: SYSTEM_ACTOR };
  const tally: Tally = { added: 0, updated: 0, removed: 0, unchanged: 0, failed: 0 };
  // One index for the whole run: looking through every account for every row is quadratic.
  const byExternalId = new Map([...source.users.values()].map((item) => [item.externalId, item.userId]));
  for (const row of session.rows) {
    const known = org.users.byId(byExternalId.get(row.externalId) ?? "");
    tally[runRow(org, source, row, known, asSystem)] += 1;
    const login = row.profile?.userName;
    const user = known ?? (login ? org.users.byLogin(login) : undefined);
    if (user && source.users.get(user.id)?.externalId === row.externalId)
      byExternalId.set(row.externalId, user.id);
  }
  session.status = "COMPLETED";
  session.lastUpdated = org.timestamp();
  session.rows = [];
  org.log.write({
    eventType: "system.import.complete",
    origin: asSystem,
    target: [appParty(source)],
    debugData: {
      sessionId: session.id,
      importType: "INCREMENTAL",
      totalObjects: String(Object.values(tally).reduce((sum, count) => sum + count, 0)),
      addedObjects: String(tally.added),
      updatedObjects: String(tally.updated),
      removedObjects: String(tally.removed),
      unchangedObjects: String(tally.unchanged),
      errorObjects: String(tally.failed),
    },
  });
}

function runRow(
  org: Org,
  source: AppRecord,
  row: ImportRow,
  known: UserRecord | undefined,
  origin: Origin,
): keyof Tally {
  if (row.profile === null) return known ? remove(org, known, origin) : "unchanged";
  const given = toOkta(row.profile);
  const user = known ?? org.users.byLogin(String(given.login ?? ""));
  const profile = withoutNulls({ ...user?.profile, ...given });
  const taken = org.users.byLogin(String(profile.login));
  // A row that breaks the schema is left out, the rest of the import goes on.
  if (profileProblems(profile).length > 0 || (taken && taken !== user)) return "failed";
  if (!user) return create(org, source, row, profile, origin);
  return update(org, source, row, user, profile, origin);
}

function toOkta(profile: Record<string, string | null>): Profile {
  const named = Object.entries(profile).map(([name, value]): [string, unknown] => [
    RENAMED.get(name) ?? name,
    value,
  ]);
  return Object.fromEntries(named.filter(([name]) => attributeOf(name)?.type === "string"));
}

const withoutNulls = (profile: Profile): Profile =>
  Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null && value !== undefined));

function create(
  org: Org,
  source: AppRecord,
  row: ImportRow,
  profile: Profile,
  origin: Origin,
): "added" | "failed" {
  const now = org.timestamp();
  const user: UserRecord = {
    id: org.ids.next("00u"),
    seq: org.nextSeq(),
    version: 1,
    status: "PROVISIONED",
    created: now,
    activated: now,
    statusChanged: now,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: null,
    profile,
    password: null,
    recovery: null,
    provider: { type: "IMPORT", name: "IMPORT" },
    factors: [],
    roles: [],
    sessions: 0,
  };
  org.users.add(user);
  org.groups.join(org.everyone(), user.id);
  const target = [userParty(user)];
  org.log.write({ eventType: "user.lifecycle.create", origin, target });
  addAccount(org, source, user, origin, { scope: "USER", externalId: row.externalId });
  org.log.write({ eventType: "user.lifecycle.activate", origin, target });
  applyRules(org, user, origin);
  return "added";
}

function update(
  org: Org,
  source: AppRecord,
  row: ImportRow,
  user: UserRecord,
  profile: Profile,
  origin: Origin,
): "updated" | "unchanged" {
  const account = source.users.get(user.id);
  if (!account) addAccount(org, source, user, origin, { scope: "USER", externalId: row.externalId });
  else if (account.externalId !== row.externalId) account.externalId = row.externalId;
  if (user.status === "DEPROVISIONED") {
    setStatus(org, user, "PROVISIONED");
    org.log.write({ eventType: "user.lifecycle.activate", origin, target: [userParty(user)] });
  }
  const changed = Object.keys(profile).filter((name) => profile[name] !== user.profile[name]);
  const real = changed.filter((name) => !Array.isArray(profile[name]));
  if (real.length === 0) return account ? "unchanged" : "updated";
  org.users.setProfile(user, profile);
  touch(org, user);
  org.log.write({
    eventType: "user.account.update_profile",
    origin,
    target: [userParty(user)],
    debugData: { changedAttributes: real.sort().join(",") },
  });
  const now = source.users.get(user.id);
  if (now) logAccount(org, "application.provision.user.import_profile", source, user, now, origin);
  applyRules(org, user, origin);
  return "updated";
}

function remove(org: Org, user: UserRecord, origin: Origin): "removed" | "unchanged" {
  if (user.status === "DEPROVISIONED") return "unchanged";
  setStatus(org, user, "DEPROVISIONED");
  dropAccounts(org, user, origin);
  org.log.write({ eventType: "user.lifecycle.deactivate", origin, target: [userParty(user)] });
  return "removed";
}
