import { ORG_CREATED, type Org } from "./org.ts";
import { digest } from "./passwords.ts";
import { SEED_PASSWORD } from "./seed.ts";
import type { UserRecord } from "./users.ts";

const FIRST = ["Ada", "Bela", "Carmen", "Deniz", "Enzo", "Farah", "Goran", "Hana", "Ivo", "Jun", "Kira"];
const LAST = ["Abe", "Bauer", "Cruz", "Dogan", "Evans", "Fischer", "Garcia", "Horvat", "Ito", "Jansen"];
const DEPARTMENTS = ["Warehouse", "Stores", "Field Service", "Call Center"];

/**
 * Fills the org up to `total` users with generated people, the same ones every time: `crowd.1@example.com` and so on, all
 * active, with the seed's password, members of Everyone. For whoever wants to see how a program fares with a large org.
 */
export function seedCrowd(org: Org, total: number): void {
  if (org.users.size >= total) return;
  const everyone = org.everyone();
  const password = digest(SEED_PASSWORD);
  for (let at = 1; org.users.size < total; at += 1) {
    const user = crowdUser(org, at, password);
    org.users.add(user);
    org.groups.join(everyone, user.id);
  }
}

function crowdUser(org: Org, at: number, password: string): UserRecord {
  const pick = (from: readonly string[]): string => from[at % from.length] ?? "";
  const login = `crowd.${at}@example.com`;
  return {
    id: org.ids.next("00u"),
    seq: org.nextSeq(),
    version: 1,
    status: "ACTIVE",
    created: ORG_CREATED,
    activated: ORG_CREATED,
    statusChanged: ORG_CREATED,
    lastLogin: null,
    lastUpdated: ORG_CREATED,
    passwordChanged: ORG_CREATED,
    profile: {
      firstName: pick(FIRST),
      lastName: pick(LAST),
      login,
      email: login,
      department: pick(DEPARTMENTS),
      userType: "Employee",
      employeeNumber: String(100_000 + at),
    },
    password,
    recovery: null,
    provider: { type: "OKTA", name: "OKTA" },
    factors: [],
    roles: [],
    sessions: 0,
  };
}
