import { z } from "zod";
import { jsonObjectSchema } from "../flow/json.ts";
import { idParams, instantSchema } from "./common.ts";
import { aliasSchema, connectionSchema, nameSchema, orgUrlSchema } from "./connections.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Connections";

/** Ids and secrets of apps travel in headers and addresses: what is pasted along with them would break these. */
const wordSchema = (what: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[\x21-\x7e]+$/, `${what} has no spaces or line breaks.`);

const clientIdSchema = wordSchema("A client ID").describe("Client ID of the app in Okta");
const clientSecretSchema = wordSchema("A client secret").describe("Of a web app; a public app has none");
const scopesSchema = z
  .array(z.string().regex(/^okta\.[A-Za-z.]+$/, "A scope looks like okta.users.read."))
  .max(100)
  .describe("Scopes to ask for besides those that are needed");

const justifiedSchema = z.object({ scope: z.string(), why: z.string() });

const factsSchema = z.object({
  redirectUri: z.string(),
  /** What every connection needs, with what for. */
  baseScopes: z.array(justifiedSchema),
  /** What makes building flows easier and no flow needs. */
  suggestedScopes: z.array(justifiedSchema),
  knownScopes: z.array(z.string()),
});
export type OAuthFacts = z.infer<typeof factsSchema>;

export const getOAuthFacts = endpoint({
  method: "GET",
  path: "/api/oauth",
  summary: "What an app in Okta must be told, and the scopes there are",
  tag,
  permission: "connections.read",
  answer: factsSchema,
});

export const beginAuthorization = endpoint({
  method: "POST",
  path: "/api/oauth/consent",
  summary: "Begin connecting an org by an admin's consent; the answer is the page to send the browser to",
  tag,
  permission: "connections.manage",
  body: z.strictObject({
    name: nameSchema,
    alias: aliasSchema,
    orgUrl: orgUrlSchema,
    clientId: clientIdSchema,
    clientSecret: clientSecretSchema.optional(),
    scopes: scopesSchema.optional(),
  }),
  answer: z.object({ authorizeUrl: z.string() }),
});

export const createServiceKey = endpoint({
  method: "POST",
  path: "/api/oauth/keys",
  summary: "Make the key pair of a service app; the private part never leaves the console",
  tag,
  permission: "connections.manage",
  answer: z.object({
    key: z.string().describe("Names the key when the app is connected; works once, for an hour"),
    publicKey: jsonObjectSchema,
    expiresAt: instantSchema,
  }),
});

export const connectServiceApp = endpoint({
  method: "POST",
  path: "/api/oauth/service",
  summary: "Connect an org as a service app that has the public key",
  tag,
  permission: "connections.manage",
  body: z.strictObject({
    name: nameSchema,
    alias: aliasSchema,
    orgUrl: orgUrlSchema,
    key: wordSchema("A key's name"),
    clientId: clientIdSchema,
    scopes: scopesSchema.optional(),
  }),
  answer: connectionSchema,
});

export const authorizeConnection = endpoint({
  method: "POST",
  path: "/api/connections/{id}/authorize",
  summary: "Authorize a connection again, with the scopes its flows need now",
  tag,
  permission: "connections.manage",
  params: idParams,
  body: z.strictObject({ clientSecret: clientSecretSchema.optional(), scopes: scopesSchema.optional() }),
  answer: z.object({
    authorizeUrl: z.string().nullable().describe("The page to send the browser to; null when it is done"),
  }),
});
