import { createHash } from "node:crypto";
import { type Org, USER_SCHEMA_ID, USER_TYPE_ID } from "./org.ts";
import type { UserRecord } from "./users.ts";

type Json = Record<string, unknown>;

/** A user in a list: only the self link, as recorded lists show. */
export function userListJson(user: UserRecord, org: Org): Json {
  return { ...core(user), _links: { self: { href: selfHref(user, org) } } };
}

/** A single user: the lifecycle links its status allows. */
export function userJson(user: UserRecord, org: Org): Json {
  return { ...core(user), _links: links(user, org) };
}

/** The ETag of a user; changes with every change of it. */
export function userEtag(user: UserRecord): string {
  const digest = createHash("sha256").update(`${user.id}:${user.version}:${user.lastUpdated}`).digest("hex");
  return `W/"${digest}"`;
}

/** The credentials object: presence of password and question, never their values. */
export function credentialsJson(user: UserRecord): Json {
  return {
    ...(user.password ? { password: {} } : {}),
    ...(user.recovery ? { recovery_question: { question: user.recovery.question } } : {}),
    provider: user.provider,
  };
}

function core(user: UserRecord): Json {
  return {
    id: user.id,
    status: user.status,
    created: user.created,
    activated: user.activated,
    statusChanged: user.statusChanged,
    lastLogin: user.lastLogin,
    lastUpdated: user.lastUpdated,
    passwordChanged: user.passwordChanged,
    type: { id: USER_TYPE_ID },
    profile: profileJson(user),
    credentials: credentialsJson(user),
  };
}

// Recorded bodies always carry mobilePhone and secondEmail, null when empty, and leave out every other empty attribute.
function profileJson(user: UserRecord): Json {
  const { firstName, lastName, mobilePhone, secondEmail, ...rest } = user.profile;
  const shown: Json = {
    firstName,
    lastName,
    mobilePhone: mobilePhone ?? null,
    secondEmail: secondEmail ?? null,
  };
  for (const [name, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined) shown[name] = value;
  }
  return shown;
}

const LIFECYCLE: Record<string, string> = {
  activate: "activate",
  reactivate: "reactivate",
  deactivate: "deactivate",
  suspend: "suspend",
  unsuspend: "unsuspend",
  unlock: "unlock",
  expirePassword: "expire_password",
  resetPassword: "reset_password",
  resetFactors: "reset_factors",
};
const CREDENTIALS: Record<string, string> = {
  changePassword: "change_password",
  changeRecoveryQuestion: "change_recovery_question",
  forgotPassword: "forgot_password",
};

function linkNames(user: UserRecord): string[] {
  const password = user.password !== null;
  const question = user.recovery !== null;
  const names: Record<UserRecord["status"], string[]> = {
    STAGED: ["activate"],
    PROVISIONED: ["suspend", "resetPassword", "reactivate", "deactivate"],
    ACTIVE: [
      "suspend",
      "resetPassword",
      ...(password ? ["expirePassword", "changePassword", "changeRecoveryQuestion"] : []),
      ...(password && question ? ["forgotPassword"] : []),
      "deactivate",
    ],
    RECOVERY: ["resetPassword", "reactivate", ...(password ? ["changePassword"] : []), "deactivate"],
    PASSWORD_EXPIRED: ["resetPassword", "changePassword", "deactivate"],
    LOCKED_OUT: ["unlock", "resetPassword", "deactivate"],
    SUSPENDED: ["unsuspend", "deactivate"],
    DEPROVISIONED: ["activate", "delete"],
  };
  return [...names[user.status], ...(user.factors.length > 0 ? ["resetFactors"] : [])];
}

function links(user: UserRecord, org: Org): Json {
  const self = selfHref(user, org);
  const found: Json = {
    self: { href: self },
    schema: { href: `${org.baseUrl}/api/v1/meta/schemas/user/${USER_SCHEMA_ID}` },
    type: { href: `${org.baseUrl}/api/v1/meta/types/user/${USER_TYPE_ID}` },
  };
  for (const name of linkNames(user)) {
    const step = LIFECYCLE[name];
    if (name === "delete") found.delete = { href: self, method: "DELETE" };
    else if (step) found[name] = { href: `${self}/lifecycle/${step}`, method: "POST" };
    else found[name] = { href: `${self}/credentials/${CREDENTIALS[name]}`, method: "POST" };
  }
  return found;
}

function selfHref(user: UserRecord, org: Org): string {
  return `${org.baseUrl}/api/v1/users/${user.id}`;
}
