import { bodyObject, type Json, objectField, requiredText, textField } from "../http/fields.ts";
import { linkHeaders, page, readCursor, readLimit } from "../http/paging.ts";
import { invalid, notFound, OktaProblem, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { type AppAttribute, baseAttributes, customAttributes, mappedProfile } from "../org/app-schema.ts";
import { appLinkJson, appUserJson, takesPassword } from "../org/app-view.ts";
import type { AppRecord, AppUserRecord } from "../org/apps.ts";
import { addAccount, logAccount, removeAccount } from "../org/assignments.ts";
import { valueProblem } from "../org/profile-schema.ts";
import { userListJson } from "../org/user-view.ts";
import type { UserRecord } from "../org/users.ts";
import { appOf } from "./app-access.ts";
import { userOf } from "./user-access.ts";

/** /api/v1/apps/{appId}/users: people's accounts in an application. */
export const appUserRoutes: Route[] = [
  route("GET", "/api/v1/apps/{appId}/users", listAccounts),
  route("POST", "/api/v1/apps/{appId}/users", assignUser),
  route("GET", "/api/v1/apps/{appId}/users/{userId}", (call) => {
    const app = appOf(call);
    return { status: 200, body: json(call, app, accountOf(call, app).account) };
  }),
  route("POST", "/api/v1/apps/{appId}/users/{userId}", updateAccount),
  route("DELETE", "/api/v1/apps/{appId}/users/{userId}", unassignUser),
  route("GET", "/api/v1/users/{id}/appLinks", listAppLinks),
];

function listAccounts(call: Call): Answer {
  const app = appOf(call);
  const limit = readLimit(call, 50, 500);
  const q = call.query.get("q")?.toLowerCase();
  const fits = (account: AppUserRecord) => !q || startsWith(call, account, q);
  const { items, next } = page(app.users.values(), ({ seq }) => seq, readCursor(call), limit, fits);
  return {
    status: 200,
    body: items.map((account) => json(call, app, account)),
    headers: linkHeaders(call, limit, next),
  };
}

function startsWith(call: Call, account: AppUserRecord, q: string): boolean {
  const profile = call.org.users.byId(account.userId)?.profile ?? {};
  const texts = [account.userName, profile.firstName, profile.lastName, profile.email];
  return texts.some((text) => String(text).toLowerCase().startsWith(q));
}

// Assigning again is 200 and an update; an account that came through a group becomes the user's own.
function assignUser(call: Call): Answer {
  const { org, origin } = call;
  const app = appOf(call);
  const body = bodyObject(call.body);
  const id = requiredText(body, "id");
  const user = org.users.byId(id);
  if (!user) throw notFound(id, "User");
  if (user.status === "DEPROVISIONED") throw invalid("id", "id: A deactivated user cannot be assigned");
  const credentials = readCredentials(body, app);
  const profile = readProfile(body, app, user);
  const known = app.users.get(user.id);
  if (known) {
    known.scope = "USER";
    change(call, app, user, known, credentials, profile);
    return { status: 200, body: json(call, app, known) };
  }
  const account = addAccount(org, app, user, origin, { scope: "USER", ...credentials, profile });
  return { status: 200, body: json(call, app, account) };
}

function updateAccount(call: Call): Answer {
  const app = appOf(call);
  const { account, user } = accountOf(call, app);
  const body = bodyObject(call.body);
  change(call, app, user, account, readCredentials(body, app), readProfile(body, app, user));
  const { externalId, ...shown } = json(call, app, account);
  // Okta's schema has no null here; reads are recorded with one, updates are not recorded at all.
  return { status: 200, body: externalId === null ? shown : { ...shown, externalId } };
}

interface Credentials {
  userName?: string;
  passwordSet?: boolean;
}

function change(
  call: Call,
  app: AppRecord,
  user: UserRecord,
  account: AppUserRecord,
  credentials: Credentials,
  profile: Json,
): void {
  const { org, origin } = call;
  const log = (eventType: string) => logAccount(org, eventType, app, user, account, origin);
  account.lastUpdated = org.timestamp();
  if (credentials.passwordSet) {
    account.passwordChanged = account.lastUpdated;
    log("application.user_membership.change_password");
  }
  const renamed = credentials.userName !== undefined && credentials.userName !== account.userName;
  account.userName = credentials.userName ?? account.userName;
  const updated = Object.keys(profile).length > 0;
  account.profile = { ...account.profile, ...profile };
  if (renamed || updated) log("application.user_membership.update");
  if (updated && app.features.includes("PUSH_PROFILE_UPDATES"))
    log("application.provision.user.push_profile");
}

function readCredentials(body: Json, app: AppRecord): Credentials {
  const given = objectField(body, "credentials");
  if (!given) return {};
  const userName = textField(given, "userName");
  const password = textField(objectField(given, "password") ?? {}, "value");
  // A bookmark has no sign-in at all; a federated application has no password of its own.
  if (app.signOnMode === "BOOKMARK" && (userName !== undefined || password !== undefined))
    throw problem("E0000041");
  if (password !== undefined && !takesPassword(app)) throw problem("E0000041");
  if (userName !== undefined && (userName === "" || userName.length > 100))
    throw invalid("userName", "userName: must have 1 to 100 characters");
  return {
    ...(userName === undefined ? {} : { userName }),
    ...(password === undefined ? {} : { passwordSet: true }),
  };
}

/** The attributes sent. A mapped one of an application with profile push may only be sent as it already is. */
function readProfile(body: Json, app: AppRecord, user: UserRecord): Json {
  const given = objectField(body, "profile") ?? {};
  const attributes = new Map(
    [...baseAttributes(app), ...customAttributes(app)].map((item): [string, AppAttribute] => [
      item.name,
      item,
    ]),
  );
  const current = app.users.get(user.id)?.profile ?? mappedProfile(app, user.profile);
  const causes: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const attribute = attributes.get(name);
    if (!attribute) {
      causes.push(`Property name '${name}' is not defined in profile`);
      continue;
    }
    const cause = valueProblem(attribute, value);
    if (cause) causes.push(`${name}: ${cause}`);
    else if (attribute.from && app.features.includes("PUSH_PROFILE_UPDATES")) {
      if (current[name] !== value) throw problem("E0000075", name);
    }
  }
  if (causes.length > 0) throw invalid("profile", ...causes);
  return given;
}

function unassignUser(call: Call): Answer {
  const app = appOf(call);
  const { account, user } = accountOf(call, app);
  if (account.scope === "GROUP") {
    const { status, code, message } = problem("E0000006");
    throw new OktaProblem(status, code, message, [
      "The user has this application through a group. Remove the user from the group.",
    ]);
  }
  removeAccount(call.org, app, user, call.origin);
  return { status: 204 };
}

function listAppLinks(call: Call): Answer {
  const user = userOf(call);
  const body: Json[] = [];
  for (const app of call.org.apps.values()) {
    const account = app.users.get(user.id);
    if (account && app.status === "ACTIVE") body.push(appLinkJson(account, app, body.length, call.org));
  }
  return { status: 200, body };
}

function accountOf(call: Call, app: AppRecord): { account: AppUserRecord; user: UserRecord } {
  const id = call.params.userId ?? "";
  const account = app.users.get(id);
  const user = call.org.users.byId(id);
  if (!account || !user) throw notFound(id, "AppUser");
  return { account, user };
}

function json(call: Call, app: AppRecord, account: AppUserRecord): Json {
  const owner = call.query.get("expand") === "user" ? call.org.users.byId(account.userId) : undefined;
  return appUserJson(account, app, call.org.baseUrl, owner && userListJson(owner, call.org));
}
