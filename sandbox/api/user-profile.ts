import { invalid } from "../http/problem.ts";
import type { Org } from "../org/org.ts";
import { type Profile, profileProblems, undefinedProperties } from "../org/profile-schema.ts";
import type { UserRecord } from "../org/users.ts";

/** A profile without its empty attributes: null means "not there", in requests as in the store. */
export function withoutNulls(profile: Profile): Profile {
  return Object.fromEntries(
    Object.entries(profile).filter(([, value]) => value !== null && value !== undefined),
  );
}

/**
 * Holds a whole profile against the schema and the logins in use.
 * `owner` is the user it will belong to, null for a new one. Throws 400 E0000001.
 */
export function checkProfile(profile: Profile, org: Org, owner: UserRecord | null): void {
  const unknown = undefinedProperties(profile);
  if (unknown.length > 0) {
    throw invalid("newUser", ...unknown.map((name) => `Property name '${name}' is not defined in profile`));
  }
  const problems = profileProblems(profile);
  const [first] = problems;
  if (first) throw invalid(first.name, ...problems.map((item) => item.cause));
  const taken = org.users.byLogin(String(profile.login));
  if (taken && taken !== owner) {
    throw invalid("login", "login: An object with this field already exists in the current organization");
  }
}

/** Names of attributes whose value differs, in alphabetical order. */
export function changedAttributes(before: Profile, after: Profile): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}
