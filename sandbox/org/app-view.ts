import { type AppGroupRecord, type AppRecord, type AppUserRecord, isIdentitySource } from "./apps.ts";
import { ORG_ID, type Org } from "./org.ts";

type Json = Record<string, unknown>;

/**
 * An application in the shape recorded from real orgs. Okta's schema allows no null where recorded lists and reads
 * have one; answers nobody has recorded (`nulls` false) leave such fields out.
 */
export function appJson(app: AppRecord, baseUrl: string, nulls = true): Json {
  const { app: own, ...settings } = app.settings;
  return {
    id: app.id,
    orn: `orn:okta:idp:${ORG_ID}:apps:${app.name}:${app.id}`,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: app.lastUpdated,
    created: app.created,
    accessibility: {
      selfService: false,
      ...(nulls ? { errorRedirectUrl: null, loginRedirectUrl: null } : {}),
    },
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: false,
      hide: { iOS: false, web: isIdentitySource(app) },
      appLinks: { [`${app.name}_link`]: true },
    },
    features: app.features,
    signOnMode: app.signOnMode,
    credentials: {
      ...(takesPassword(app) ? { scheme: "EDIT_USERNAME_AND_PASSWORD" } : {}),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own placeholder, sent as it stands.
      userNameTemplate: { template: "${source.login}", type: "BUILT_IN" },
      ...(app.signOnMode === "SAML_2_0" ? { signing: { kid: `kid-${app.id}` } } : {}),
    },
    settings: {
      app: own ?? {},
      notifications: { vpn: { network: { connection: "DISABLED" }, message: null, helpUrl: null } },
      manualProvisioning: false,
      implicitAssignment: false,
      notes: { admin: null, enduser: null },
      ...(app.signOnMode === "OPENID_CONNECT" ? { oauthClient: oauthClient(baseUrl) } : {}),
      ...settings,
    },
    _links: links(app, baseUrl),
  };
}

/** An application's account of a user. `owner` is the user with `expand=user`. */
export function appUserJson(account: AppUserRecord, app: AppRecord, baseUrl: string, owner?: Json): Json {
  return {
    id: account.userId,
    externalId: account.externalId,
    created: account.created,
    lastUpdated: account.lastUpdated,
    scope: account.scope,
    status: account.status,
    statusChanged: account.created,
    passwordChanged: account.passwordChanged,
    syncState: account.syncState,
    // The password is never sent; that there is one shows as an empty object.
    credentials: { userName: account.userName, ...(account.passwordChanged ? { password: {} } : {}) },
    profile: account.profile,
    ...(owner ? { _embedded: { user: owner } } : {}),
    _links: {
      app: { href: `${baseUrl}/api/v1/apps/${app.id}` },
      user: { href: `${baseUrl}/api/v1/users/${account.userId}` },
    },
  };
}

/** A group assignment. `group` is the group with `expand=group`. */
export function appGroupJson(
  assignment: AppGroupRecord,
  app: AppRecord,
  baseUrl: string,
  group?: Json,
): Json {
  const self = `${baseUrl}/api/v1/apps/${app.id}`;
  return {
    id: assignment.groupId,
    lastUpdated: assignment.lastUpdated,
    priority: assignment.priority,
    profile: assignment.profile,
    ...(group ? { _embedded: { group } } : {}),
    _links: {
      app: { href: self },
      self: { href: `${self}/groups/${assignment.groupId}` },
      group: { href: `${baseUrl}/api/v1/groups/${assignment.groupId}` },
    },
  };
}

/** A tile of a user's dashboard, as GET /api/v1/users/{id}/appLinks answers it. */
export function appLinkJson(account: AppUserRecord, app: AppRecord, order: number, org: Org): Json {
  return {
    id: account.accountId,
    label: app.label,
    linkUrl: `${org.baseUrl}/home/${app.name}/${app.id}`,
    logoUrl: `${org.baseUrl}/assets/img/logos/default.png`,
    appName: app.name,
    appInstanceId: app.id,
    appAssignmentId: account.accountId,
    credentialsSetup: takesPassword(app) && account.passwordChanged === null,
    hidden: false,
    sortOrder: order,
  };
}

/** True when the sign-on scheme has a password of its own. */
export function takesPassword(app: AppRecord): boolean {
  return ["AUTO_LOGIN", "SECURE_PASSWORD_STORE", "BROWSER_PLUGIN"].includes(app.signOnMode);
}

function links(app: AppRecord, baseUrl: string): Json {
  const self = `${baseUrl}/api/v1/apps/${app.id}`;
  const step = app.status === "ACTIVE" ? "deactivate" : "activate";
  return {
    uploadLogo: { href: `${self}/logo`, hints: { allow: ["POST"] } },
    appLinks: [
      { name: `${app.name}_link`, href: `${baseUrl}/home/${app.name}/${app.id}`, type: "text/html" },
    ],
    groups: { href: `${self}/groups` },
    logo: [{ name: "medium", href: `${baseUrl}/assets/img/logos/default.png`, type: "image/png" }],
    users: { href: `${self}/users` },
    [step]: { href: `${self}/lifecycle/${step}` },
  };
}

function oauthClient(baseUrl: string): Json {
  return {
    redirect_uris: [`${baseUrl}/callback`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    application_type: "web",
  };
}
