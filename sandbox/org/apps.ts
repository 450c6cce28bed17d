export type SignOnMode =
  | "SAML_2_0"
  | "OPENID_CONNECT"
  | "BOOKMARK"
  | "AUTO_LOGIN"
  | "SECURE_PASSWORD_STORE"
  | "BROWSER_PLUGIN";

/** A person's account in an application. */
export interface AppUserRecord {
  /** Id of the user; the account's own id, which log events name, is `accountId`. */
  userId: string;
  accountId: string;
  /** Order of assigning, which cursors count. */
  seq: number;
  /** USER: assigned one by one. GROUP: only through a group. */
  scope: "USER" | "GROUP";
  status: "ACTIVE" | "PROVISIONED" | "IMPORTED";
  syncState: "DISABLED" | "SYNCHRONIZED";
  externalId: string | null;
  userName: string;
  created: string;
  lastUpdated: string;
  passwordChanged: string | null;
  profile: Record<string, unknown>;
}

/** A group assigned to an application. */
export interface AppGroupRecord {
  groupId: string;
  seq: number;
  priority: number;
  lastUpdated: string;
  profile: Record<string, unknown>;
}

/** An application with everything assigned to it. */
export interface AppRecord {
  id: string;
  seq: number;
  name: string;
  label: string;
  status: "ACTIVE" | "INACTIVE";
  signOnMode: SignOnMode;
  created: string;
  lastUpdated: string;
  features: string[];
  /** What the creator sent beyond the above; answered as it came. */
  settings: Record<string, unknown>;
  /** By user id. */
  users: Map<string, AppUserRecord>;
  /** By group id. */
  groups: Map<string, AppGroupRecord>;
}

/** A new application without assignments. */
export function newApp(
  fields: Pick<AppRecord, "id" | "seq" | "name" | "label" | "signOnMode" | "created"> & Partial<AppRecord>,
): AppRecord {
  return {
    status: "ACTIVE",
    lastUpdated: fields.created,
    features: [],
    settings: {},
    users: new Map(),
    groups: new Map(),
    ...fields,
  };
}

/** True when the application is told of its users: accounts are made, changed and removed there too. */
export function isProvisioned(app: AppRecord): boolean {
  return app.features.includes("PUSH_NEW_USERS");
}

/** True when users come from this application: an identity source that takes imports. */
export function isIdentitySource(app: AppRecord): boolean {
  return app.features.includes("PROFILE_MASTERING");
}
