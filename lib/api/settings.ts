import { z } from "zod";
import { passwordSchema, USER_ROLES } from "./accounts.ts";
import { idParams, instantSchema, okSchema } from "./common.ts";
import { endpoint, PERMISSIONS } from "./endpoint.ts";

const tag = "Accounts";

export const healthSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  checks: z.object({
    database: z.enum(["ok", "failed"]),
    queue: z.enum(["ok", "failed"]),
    worker: z.enum(["ok", "failed"]),
  }),
});

/** 200 when database, queue and at least one worker are ready, else 503 with the same body. */
export const getHealth = endpoint({
  method: "GET",
  path: "/api/health",
  summary: "Whether flows can run",
  tag: "Health",
  permission: "public",
  answer: healthSchema,
});

export const getSetup = endpoint({
  method: "GET",
  path: "/api/setup",
  summary: "Whether the owner account is still to be created",
  tag,
  permission: "public",
  answer: z.object({ needed: z.boolean() }),
});

/** Creates the owner and signs in. Refused once an account exists. */
export const createOwner = endpoint({
  method: "POST",
  path: "/api/setup",
  summary: "Create the owner account",
  tag,
  permission: "public",
  body: z.strictObject({
    name: z.string().trim().min(1, "Your name is needed.").max(100),
    email: z.email("That is no email address.").max(200),
    password: passwordSchema,
  }),
  answer: okSchema,
});

export const getMe = endpoint({
  method: "GET",
  path: "/api/me",
  summary: "Who is signed in, and what this account may do",
  tag,
  permission: "signedIn",
  answer: z.object({
    name: z.string(),
    email: z.string(),
    role: z.enum([...USER_ROLES, "token"]),
    permissions: z.array(z.enum(PERMISSIONS)),
  }),
});
export type Me = z.infer<typeof getMe.answer>;

export const listSessions = endpoint({
  method: "GET",
  path: "/api/sessions",
  summary: "Own sessions",
  tag,
  permission: "signedIn",
  answer: z.object({
    sessions: z.array(
      z.object({
        id: z.string(),
        current: z.boolean(),
        createdAt: instantSchema,
        lastUsedAt: instantSchema,
        ipAddress: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
  }),
});

export const revokeSession = endpoint({
  method: "DELETE",
  path: "/api/sessions/{id}",
  summary: "End one of the own sessions",
  tag,
  permission: "signedIn",
  params: z.object({ id: z.string() }),
  answer: okSchema,
});

export const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

export const listTokens = endpoint({
  method: "GET",
  path: "/api/tokens",
  summary: "API tokens",
  tag,
  permission: "settings.manage",
  answer: z.object({ tokens: z.array(tokenSchema) }),
});

export const createToken = endpoint({
  method: "POST",
  path: "/api/tokens",
  summary: "Create an API token; the answer shows it once",
  tag,
  permission: "settings.manage",
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  answer: tokenSchema.extend({ token: z.string() }),
});

export const revokeToken = endpoint({
  method: "DELETE",
  path: "/api/tokens/{id}",
  summary: "Revoke an API token",
  tag,
  permission: "settings.manage",
  params: idParams,
  answer: okSchema,
});
