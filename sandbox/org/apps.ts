/** An application of the catalogue, enough of it to list, filter and name in events. */
export interface AppRecord {
  id: string;
  seq: number;
  name: string;
  label: string;
  status: "ACTIVE" | "INACTIVE";
  signOnMode: "SAML_2_0" | "OPENID_CONNECT" | "BOOKMARK" | "AUTO_LOGIN";
  created: string;
  features: string[];
}

const rows: [string, string, AppRecord["signOnMode"], AppRecord["status"], string[]][] = [
  ["salesforce", "Salesforce", "SAML_2_0", "ACTIVE", ["PUSH_NEW_USERS", "PUSH_USER_DEACTIVATION"]],
  ["slack", "Slack", "SAML_2_0", "ACTIVE", ["PUSH_NEW_USERS", "GROUP_PUSH"]],
  ["google", "Google Workspace", "SAML_2_0", "ACTIVE", ["IMPORT_NEW_USERS", "PUSH_NEW_USERS"]],
  ["github_enterprise_cloud", "GitHub Enterprise Cloud", "SAML_2_0", "ACTIVE", []],
  ["zoomus", "Zoom", "SAML_2_0", "ACTIVE", ["PUSH_NEW_USERS"]],
  ["oidc_client", "Expense Portal", "OPENID_CONNECT", "ACTIVE", []],
  ["bookmark", "Cafeteria Menu", "BOOKMARK", "ACTIVE", []],
  ["jira_onprem", "Jira (old)", "SAML_2_0", "INACTIVE", []],
];

/** The eight applications of the seed. Nothing in this half of the sandbox org changes them. */
export const APP_SEED: readonly AppRecord[] = rows.map(([name, label, signOnMode, status, features], at) => ({
  id: `0oaSandboxApp${at + 1}00005d`,
  seq: at + 1,
  name,
  label,
  status,
  signOnMode,
  features,
  created: `2024-03-${String(11 + at)}T08:30:00.000Z`,
}));

/** An application as GET /api/v1/apps answers it. */
export function appJson(app: AppRecord, baseUrl: string): Record<string, unknown> {
  const self = `${baseUrl}/api/v1/apps/${app.id}`;
  const active = app.status === "ACTIVE";
  return {
    id: app.id,
    orn: `orn:okta:idp:00oSandboxOrg0000005d:apps:${app.name}:${app.id}`,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: app.created,
    created: app.created,
    accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: false,
      hide: { iOS: false, web: false },
      appLinks: { [`${app.name}_link`]: true },
    },
    features: app.features,
    signOnMode: app.signOnMode,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Okta's own placeholder, sent as it stands.
    credentials: { userNameTemplate: { template: "${source.login}", type: "BUILT_IN" } },
    settings: {
      app: {},
      notifications: { vpn: { network: { connection: "DISABLED" }, message: null, helpUrl: null } },
      manualProvisioning: false,
      implicitAssignment: false,
      notes: { admin: null, enduser: null },
      ...(app.signOnMode === "OPENID_CONNECT" ? { oauthClient: oauthClient(baseUrl) } : {}),
    },
    _links: {
      appLinks: [
        {
          name: `${app.name}_link`,
          href: `${baseUrl}/home/${app.name}/${app.id}`,
          type: "text/html",
        },
      ],
      groups: { href: `${self}/groups` },
      users: { href: `${self}/users` },
      [active ? "deactivate" : "activate"]: {
        href: `${self}/lifecycle/${active ? "deactivate" : "activate"}`,
      },
    },
  };
}

function oauthClient(baseUrl: string): Record<string, unknown> {
  return {
    redirect_uris: [`${baseUrl}/callback`],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    application_type: "web",
  };
}
