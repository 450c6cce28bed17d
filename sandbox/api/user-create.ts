import { bodyObject, flag, type Json, objectField, textField, textList } from "../http/fields.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import type { Answer, Call } from "../http/router.ts";
import type { GroupRecord } from "../org/groups.ts";
import { joinGroup } from "../org/membership.ts";
import { type Org, USER_TYPE_ID, userParty } from "../org/org.ts";
import type { Profile } from "../org/profile-schema.ts";
import { applyRules } from "../org/rule-engine.ts";
import { userJson } from "../org/user-view.ts";
import type { UserRecord, UserStatus } from "../org/users.ts";
import { type CredentialsInput, readCredentials } from "./user-credentials-input.ts";
import { checkProfile, withoutNulls } from "./user-profile.ts";

/** Okta puts a new user into at most this many groups at once. */
const MAX_GROUPS = 20;

/** POST /api/v1/users, all flavours: with or without credentials, provider, groups, activation, expired password. */
export function createUser(call: Call): Answer {
  const { org, query } = call;
  const body = bodyObject(call.body);
  const activate = flag(query, "activate", true);
  const profile = readProfile(body, org);
  const credentials = readCredentials(body, String(profile.login));
  const expire = query.get("nextLogin") === "changePassword";
  if (expire && !credentials.password) throw problem("E0000124");
  if (expire && !activate) throw problem("E0000125");
  if (flag(query, "provider", false) && !credentials.provider)
    throw invalid("provider", "provider: credentials.provider is required when provider=true");
  checkType(body);
  const groups = readGroups(body, org);
  const user = makeUser(org, profile, credentials, firstStatus(activate, expire, credentials));
  org.users.add(user);
  const everyone = org.everyone();
  org.groups.join(everyone, user.id);
  everyone.lastMembershipUpdated = user.created;
  announce(call, user, groups);
  return { status: 200, body: userJson(user, org) };
}

function readProfile(body: Json, org: Org): Profile {
  const given = objectField(body, "profile");
  if (!given) throw invalid("profile", "profile: The field cannot be left blank");
  const profile = withoutNulls(given);
  checkProfile(profile, org, null);
  return profile;
}

function checkType(body: Json): void {
  const type = objectField(body, "type");
  const id = type ? textField(type, "id") : undefined;
  if (id !== undefined && id !== USER_TYPE_ID && id !== "default")
    throw invalid("type", `type: User type '${id}' does not exist`);
}

function readGroups(body: Json, org: Org): GroupRecord[] {
  const ids = textList(body, "groupIds") ?? [];
  if (ids.length > MAX_GROUPS) throw problem("E0000093");
  return ids.map((id) => {
    const group = org.groups.byId(id);
    if (!group) throw notFound(id, "UserGroup");
    if (group.type === "APP_GROUP") throw problem("E0000006");
    return group;
  });
}

function firstStatus(activate: boolean, expire: boolean, credentials: CredentialsInput): UserStatus {
  if (!activate) return "STAGED";
  if (expire) return "PASSWORD_EXPIRED";
  const outside = ["FEDERATION", "SOCIAL"].includes(credentials.provider?.type ?? "");
  return credentials.password || outside ? "ACTIVE" : "PROVISIONED";
}

function makeUser(org: Org, profile: Profile, credentials: CredentialsInput, status: UserStatus): UserRecord {
  const now = org.timestamp();
  const active = status !== "STAGED";
  return {
    id: org.ids.next("00u"),
    seq: org.nextSeq(),
    version: 1,
    status,
    created: now,
    activated: active ? now : null,
    statusChanged: active ? now : null,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: credentials.password ? now : null,
    profile,
    password: credentials.password ?? null,
    recovery: credentials.recovery ?? null,
    provider: credentials.provider ?? { type: "OKTA", name: "OKTA" },
    factors: [],
    roles: [],
    sessions: 0,
  };
}

function announce(call: Call, user: UserRecord, groups: GroupRecord[]): void {
  const { org, origin } = call;
  const target = [userParty(user)];
  org.log.write({ eventType: "user.lifecycle.create", origin, target });
  for (const group of groups) joinGroup(org, group, user, origin);
  if (user.status !== "STAGED") org.log.write({ eventType: "user.lifecycle.activate", origin, target });
  applyRules(org, user, origin);
}
