import { z } from "zod";
import { instantSchema, okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Accounts";

/** Ids of accounts are texts of the accounts library, not UUIDs by promise. */
const accountParams = z.object({ id: z.string() });

/** A password as people choose it. */
export const passwordSchema = z.string().min(10, "A password has at least 10 characters.").max(128);

/** Roles of accounts. What each may do: `lib/server/accounts/authorize.ts`. */
export const USER_ROLES = ["owner", "admin", "viewer"] as const;

/** Roles an owner gives. The first account is the owner, and stays it. */
const givenRoleSchema = z.enum(["admin", "viewer"]);
export type GivenRole = z.infer<typeof givenRoleSchema>;

export const adminSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(USER_ROLES),
  /** Invited, and no password chosen yet. */
  invited: z.boolean(),
  createdAt: instantSchema,
  /** Last use of a session that has not ended. */
  lastSeenAt: instantSchema.nullable(),
  /** Connections this account authorized: their tokens are revoked, and they need somebody else, when it is removed. */
  connections: z.array(z.object({ name: z.string(), auth: z.enum(["token", "oauth", "service"]) })),
});
export type AdminView = z.infer<typeof adminSchema>;

const inviteSchema = z.object({
  inviteUrl: z.string().describe("Shown once: whoever opens it chooses the password"),
  expiresAt: instantSchema,
});

export const listAdmins = endpoint({
  method: "GET",
  path: "/api/admins",
  summary: "All accounts of this console",
  tag,
  permission: "settings.manage",
  answer: z.object({ admins: z.array(adminSchema), mayManage: z.boolean() }),
});

export const addAdmin = endpoint({
  method: "POST",
  path: "/api/admins",
  summary: "Add an account; the answer has the link to hand over, once",
  tag,
  permission: "accounts.manage",
  body: z.strictObject({
    name: z.string().trim().min(1, "A name is needed.").max(100),
    email: z.email("That is no email address.").max(200),
    role: givenRoleSchema.default("admin").describe("A viewer may look at everything and change nothing"),
  }),
  answer: inviteSchema.extend({ id: z.string() }),
});

export const changeRole = endpoint({
  method: "PATCH",
  path: "/api/admins/{id}",
  summary: "Make an admin a viewer or a viewer an admin; API tokens a viewer made as an admin end",
  tag,
  permission: "accounts.manage",
  params: accountParams,
  body: z.strictObject({ role: givenRoleSchema }),
  answer: okSchema,
});

export const renewInvite = endpoint({
  method: "POST",
  path: "/api/admins/{id}/invite",
  summary: "A new link to choose a password with; earlier ones end",
  tag,
  permission: "accounts.manage",
  params: accountParams,
  answer: inviteSchema,
});

export const removeAdmin = endpoint({
  method: "DELETE",
  path: "/api/admins/{id}",
  summary:
    "Remove an account with its sessions and API tokens, and revoke the tokens of what it connected at Okta",
  tag,
  permission: "accounts.manage",
  params: accountParams,
  answer: okSchema.extend({
    warning: z.string().optional().describe("What could not be revoked at an org"),
  }),
});

export const acceptInvite = endpoint({
  method: "POST",
  path: "/api/invites/accept",
  summary: "Choose a password by an invitation's link, and sign in",
  tag,
  permission: "public",
  body: z.strictObject({ token: z.string().min(1).max(200), password: passwordSchema }),
  answer: okSchema,
});

export const changePassword = endpoint({
  method: "POST",
  path: "/api/me/password",
  summary: "Change the own password; the account's other sessions end",
  tag,
  permission: "signedIn",
  body: z.strictObject({ current: z.string().min(1).max(128), password: passwordSchema }),
  answer: okSchema,
});
