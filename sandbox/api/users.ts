import { bodyObject, type Json, objectField } from "../http/fields.ts";
import { invalid, notFound } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { dropAccounts } from "../org/assignments.ts";
import { setStatus, touch } from "../org/lifecycle.ts";
import { userParty } from "../org/org.ts";
import { applyRules, forgetUser } from "../org/rule-engine.ts";
import { userEtag, userJson } from "../org/user-view.ts";
import { loginOf, type UserRecord } from "../org/users.ts";
import { checkIfMatch, userOf } from "./user-access.ts";
import { createUser } from "./user-create.ts";
import { readCredentials } from "./user-credentials-input.ts";
import { listUsers } from "./user-list.ts";
import { changedAttributes, checkProfile, withoutNulls } from "./user-profile.ts";

/** /api/v1/users: create, read, list, update, delete. */
export const userRoutes: Route[] = [
  route("GET", "/api/v1/users", listUsers),
  route("POST", "/api/v1/users", createUser),
  route("GET", "/api/v1/users/{id}", (call) => withEtag(call, userOf(call))),
  route("POST", "/api/v1/users/{id}", (call) => updateUser(call, "partial")),
  route("PUT", "/api/v1/users/{id}", (call) => updateUser(call, "strict")),
  route("DELETE", "/api/v1/users/{id}", deleteUser),
];

function withEtag(call: Call, user: UserRecord): Answer {
  return { status: 200, body: userJson(user, call.org), headers: { etag: userEtag(user) } };
}

// "partial" leaves omitted attributes alone and clears explicit nulls; "strict" deletes what is omitted.
function updateUser(call: Call, mode: "partial" | "strict"): Answer {
  const { org } = call;
  const user = userOf(call);
  if (user.status === "DEPROVISIONED") throw notFound(user.id, "User");
  checkIfMatch(call, user);
  const body = bodyObject(call.body);
  const given = objectField(body, "profile");
  if (!given && mode === "strict") throw invalid("profile", "profile: The field cannot be left blank");
  const profile = given
    ? withoutNulls(mode === "partial" ? { ...user.profile, ...given } : given)
    : user.profile;
  if (given) checkProfile(profile, org, user);
  const credentials = readCredentials(body, String(profile.login ?? loginOf(user)));
  applyProfile(call, user, profile);
  applyCredentials(call, user, credentials);
  return withEtag(call, user);
}

function applyProfile(call: Call, user: UserRecord, profile: Json): void {
  const changed = changedAttributes(user.profile, profile);
  if (changed.length === 0) return;
  call.org.users.setProfile(user, profile);
  touch(call.org, user);
  call.org.log.write({
    eventType: "user.account.update_profile",
    origin: call.origin,
    target: [userParty(user)],
    debugData: { changedAttributes: changed.join(",") },
  });
  applyRules(call.org, user, call.origin);
}

function applyCredentials(call: Call, user: UserRecord, input: ReturnType<typeof readCredentials>): void {
  const { org, origin } = call;
  if (input.provider) user.provider = input.provider;
  if (input.recovery) user.recovery = input.recovery;
  if (input.password) {
    user.password = input.password;
    user.passwordChanged = org.timestamp();
    // An admin who sets a password finishes what the user had left open.
    const open = ["PROVISIONED", "RECOVERY", "PASSWORD_EXPIRED"].includes(user.status);
    if (open) {
      setStatus(org, user, "ACTIVE");
      applyRules(org, user, origin);
    }
    org.log.write({ eventType: "user.account.update_password", origin, target: [userParty(user)] });
  }
  const changed = Object.entries({ provider: input.provider, recovery_question: input.recovery }).flatMap(
    ([name, value]) => (value ? [`credentials.${name}`] : []),
  );
  if (changed.length > 0) {
    const debugData = { changedAttributes: changed.join(",") };
    org.log.write({ eventType: "user.account.update_profile", origin, target: [userParty(user)], debugData });
  }
  if (changed.length > 0 || input.password) touch(org, user);
}

// The first DELETE deactivates, the second removes for good: Okta's two-step delete.
function deleteUser(call: Call): Answer {
  const { org, origin } = call;
  const user = userOf(call);
  const target = [userParty(user)];
  if (user.status !== "DEPROVISIONED") {
    setStatus(org, user, "DEPROVISIONED");
    dropAccounts(org, user, origin);
    org.log.write({ eventType: "user.lifecycle.deactivate", origin, target });
    return { status: 204 };
  }
  org.log.write({ eventType: "user.lifecycle.delete.initiated", origin, target });
  for (const group of org.groups.ofUser(user.id)) org.groups.leave(group, user.id);
  forgetUser(org, user);
  dropAccounts(org, user, origin);
  org.users.remove(user);
  org.log.write({ eventType: "user.lifecycle.delete.completed", origin, target });
  return { status: 204 };
}
