import { z } from "zod";
import { jsonObjectSchema } from "../flow/json.ts";
import { maxCallsSchema, reserveSchema } from "./budget.ts";
import { idParams, instantSchema, okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Events of one connection in a span of time. */
const countsSchema = z.object({
  delivered: z
    .number()
    .describe("Brought by the event hook, or by the System Log where no hook was to bring them"),
  recovered: z.number().describe("Missed by the hook and found in the System Log"),
  duplicate: z.number().describe("Sent again by Okta"),
  late: z.number().describe("Came after a later-published event about the same person or thing"),
});
export type IntakeCounts = z.infer<typeof countsSchema>;

export const connectionSchema = z.object({
  id: z.uuid(),
  alias: z.string(),
  connector: z.string(),
  name: z.string(),
  orgUrl: z.string(),
  orgName: z.string().nullable(),
  adminLogin: z.string().nullable(),
  status: z.enum(["connected", "broken"]),
  statusDetail: z.string().nullable(),
  /** True for the sandbox org that comes with the product. */
  sandbox: z.boolean(),
  authorization: z.object({
    /** "token": an admin's API token; "oauth": an admin's consent to an app; "service": an app's own key. */
    kind: z.enum(["token", "oauth", "service"]),
    clientId: z.string().nullable(),
    /** Of a service app, as JWK. */
    publicKey: jsonObjectSchema.nullable(),
    /** OAuth scopes the org granted, those the flows need, and those of the latter that are not granted. */
    granted: z.array(z.string()),
    needed: z.array(z.string()),
    missing: z.array(z.string()),
    /** When the access token ends; it is renewed before. */
    expiresAt: instantSchema.nullable(),
    /** Account of the console that connected or authorized it last. */
    authorizedBy: z.string(),
  }),
  /** How events arrive. */
  intake: z.object({
    mode: z.enum(["hook", "log"]),
    /** Why this mode, for people. */
    explanation: z.string(),
    hookStatus: z.enum(["none", "verified", "unverified", "failed"]),
    hookDetail: z.string().nullable(),
    hookAddress: z.string().nullable(),
    /** Usually one; a second only beyond the event types Okta takes per hook. */
    hooks: z.array(
      z.object({
        status: z.enum(["verified", "unverified", "failed"]),
        detail: z.string().nullable(),
        eventTypes: z.number(),
        limit: z.number().describe("Event types Okta takes per hook"),
      }),
    ),
    /** Active, verified hooks of the org, of whoever made them, and how many Okta allows; null before it was asked. */
    orgHooks: z.object({ active: z.number(), limit: z.number() }).nullable(),
    /** What the hooks deliver. */
    eventTypes: z.array(z.string()),
    /** No flow listens through them: they are registered for one event type, for a hook needs one to be there and checked. */
    hooksIdle: z.boolean(),
    /** What flows listen to that only the System Log brings. */
    logEventTypes: z.array(z.string()),
    lastDeliveryAt: instantSchema.nullable(),
    lastRecoveryAt: instantSchema.nullable(),
    /** From the publication of the newest event that came last to its arrival. */
    lagSeconds: z.number().nullable(),
    counts: z.object({ lastDay: countsSchema, allTime: countsSchema }),
    /** Calls of the hook's address that were refused in the last 24 hours. */
    refused: z.array(
      z.object({ status: z.number(), reason: z.string(), count: z.number(), lastAt: instantSchema }),
    ),
    logReadAt: instantSchema.nullable(),
    /** Publication of the newest event seen in the System Log. */
    logSeenUntil: instantSchema.nullable(),
    logDetail: z.string().nullable(),
  }),
  /** Profile attributes, as Okta writes them, that executions neither show nor keep in the clear. */
  hiddenAttributes: z.array(z.string()),
  /** Names of other connections to the same org: each keeps an event hook of its own there. */
  sameOrg: z.array(z.string()),
  /** Flows that use it, by name: what keeps it from being deleted. */
  usedBy: z.array(z.object({ id: z.uuid(), name: z.string() })),
  createdAt: instantSchema,
});
export type ConnectionView = z.infer<typeof connectionSchema>;

/** What people call a connection. */
export const nameSchema = z.string().trim().min(1).max(100);

/** An org as an admin types or pastes it. */
export const orgUrlSchema = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe("acme.okta.com or https://acme.okta.com");

/** What flow documents call a connection. */
export const aliasSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    "An alias has 1 to 32 lower-case letters, digits or hyphens, starting with a letter.",
  );

/** Tokens travel in a header: a line break pasted along would break the call, not be refused by Okta. */
const tokenSchema = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "An API token has no spaces or line breaks.");

export const listConnections = endpoint({
  method: "GET",
  path: "/api/connections",
  summary: "All connections",
  tag: "Connections",
  permission: "connections.read",
  answer: z.object({ connections: z.array(connectionSchema) }),
});

export const getConnection = endpoint({
  method: "GET",
  path: "/api/connections/{id}",
  summary: "One connection",
  tag: "Connections",
  permission: "connections.read",
  params: idParams,
  answer: connectionSchema,
});

export const createConnection = endpoint({
  method: "POST",
  path: "/api/connections",
  summary: "Connect an Okta org",
  tag: "Connections",
  permission: "connections.manage",
  body: z.strictObject({
    name: nameSchema,
    alias: aliasSchema,
    orgUrl: orgUrlSchema,
    token: tokenSchema.describe("API token of an Okta admin"),
  }),
  answer: connectionSchema,
});

/** A profile attribute by its variable name, which upper and lower case are part of. */
export const attributeSchema = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z_]\w{0,99}$/,
    "An attribute is named by its variable name: letters, digits and underscores.",
  );
/** Names are looked for in everything that is recorded; more would be another way of saying that nothing is to be kept. */
export const MOST_HIDDEN = 50;

export const updateConnection = endpoint({
  method: "PATCH",
  path: "/api/connections/{id}",
  summary:
    "Rename a connection, give it a new token, change how much of the org flows may use, or hide attributes",
  tag: "Connections",
  permission: "connections.manage",
  params: idParams,
  body: z.strictObject({
    name: nameSchema.optional(),
    token: tokenSchema.optional(),
    reservePercent: reserveSchema.optional(),
    maxCalls: maxCallsSchema.optional(),
    hiddenAttributes: z
      .array(attributeSchema)
      .max(MOST_HIDDEN)
      .optional()
      .describe("All of them: what is left out is not hidden any more in what is recorded from then on"),
  }),
  answer: connectionSchema,
});

const deletedSchema = okSchema.extend({
  tokens: z
    .enum(["revoked", "kept", "failed", "none"])
    .describe("What became of its tokens at the org: kept where something else uses them"),
  warning: z.string().optional().describe("What could not be cleaned up at the org"),
});
export type DeletedConnection = z.infer<typeof deletedSchema>;

export const deleteConnection = endpoint({
  method: "DELETE",
  path: "/api/connections/{id}",
  summary: "Remove the hook, revoke the tokens at the org and forget the secret",
  tag: "Connections",
  permission: "connections.manage",
  params: idParams,
  answer: deletedSchema,
});

export const testConnection = endpoint({
  method: "POST",
  path: "/api/connections/{id}/test",
  summary: "Ask the org who it is and who the token belongs to",
  tag: "Connections",
  permission: "connections.manage",
  params: idParams,
  answer: z.object({
    ok: z.boolean(),
    message: z.string(),
    orgName: z.string().nullable(),
    adminLogin: z.string().nullable(),
    durationMs: z.number(),
  }),
});

export const registerHook = endpoint({
  method: "POST",
  path: "/api/connections/{id}/hook",
  summary: "Register and verify the org's event hook again",
  tag: "Connections",
  permission: "connections.manage",
  params: idParams,
  answer: connectionSchema,
});

/** Real events that arrived, newest first: what a test is prefilled from. */
export const listEvents = endpoint({
  method: "GET",
  path: "/api/connections/{alias}/events",
  summary: "Events that arrived from the org",
  tag: "Connections",
  permission: "executions.read",
  params: z.object({ alias: z.string() }),
  query: z.object({
    types: z.string().max(2000).optional().describe("Event types, separated by commas"),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  answer: z.object({
    events: z.array(
      z.object({
        id: z.uuid(),
        eventType: z.string(),
        published: instantSchema,
        summary: z.string(),
        payload: jsonObjectSchema,
      }),
    ),
  }),
});
