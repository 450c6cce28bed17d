import type { JsonWebKey } from "node:crypto";
import { z } from "zod";

export type Grant = "authorization_code" | "refresh_token" | "client_credentials";

/** An OAuth client of the org. */
export interface ClientRecord {
  id: string;
  name: string;
  /** How it proves who it is at the token endpoint. */
  auth: "client_secret" | "private_key_jwt" | "none";
  secret: string | null;
  grants: Grant[];
  /** Where codes may be sent. One that ends in * allows every address that starts so. */
  redirectUris: string[];
  /** The okta.… scopes a super admin granted it. */
  scopes: string[];
  /** Public keys of a private_key_jwt client. */
  keys: JsonWebKey[];
  /** Tokens are bound to a key of the client. */
  dpop: boolean;
  /** A refresh gives a new refresh token; the old one works for `graceSeconds` more. */
  rotate: boolean;
  graceSeconds: number;
  /** Admin roles of a service client. */
  roles: string[];
}

const AREAS = [
  "apiTokens",
  "apps",
  "eventHooks",
  "groups",
  "identitySources",
  "linkedObjects",
  "logs",
  "orgs",
  "roles",
  "schemas",
  "sessions",
  "userTypes",
  "users",
];

/** Every okta.… scope of what the sandbox org simulates. */
export const ALL_SCOPES: readonly string[] = AREAS.flatMap((area) => [
  `okta.${area}.read`,
  `okta.${area}.manage`,
]);

/** Scopes that need no grant. */
export const OPENID_SCOPES = ["openid", "profile", "email", "phone", "address", "groups", "offline_access"];

const key = z.record(z.string(), z.unknown());

/** What the control API takes to make a client. */
export const clientSchema = z.strictObject({
  id: z.string().min(1).optional(),
  name: z.string().min(1).default("Client of a test"),
  auth: z.enum(["client_secret", "private_key_jwt", "none"]).default("client_secret"),
  secret: z.string().min(8).optional(),
  grants: z
    .array(z.enum(["authorization_code", "refresh_token", "client_credentials"]))
    .default(["authorization_code", "refresh_token"]),
  redirectUris: z.array(z.string().min(1)).default(["http://localhost*", "http://127.0.0.1*"]),
  scopes: z.array(z.string()).default([...ALL_SCOPES]),
  keys: z.array(key).default([]),
  dpop: z.boolean().default(false),
  rotate: z.boolean().default(true),
  graceSeconds: z.int().min(0).max(60).default(30),
  roles: z.array(z.string()).default(["SUPER_ADMIN"]),
});

/** A client from what the control API was told. */
export function makeClient(input: z.infer<typeof clientSchema>, id: string, secret: string): ClientRecord {
  return {
    ...input,
    id: input.id ?? id,
    secret: input.auth === "client_secret" ? (input.secret ?? secret) : null,
  };
}

/** The clients of a new org: a web app, and two service apps that still need a public key. */
export function seedClients(): Map<string, ClientRecord> {
  const service = (id: string, name: string, dpop: boolean): ClientRecord =>
    makeClient(
      clientSchema.parse({ id, name, auth: "private_key_jwt", grants: ["client_credentials"], dpop }),
      id,
      "",
    );
  const web = clientSchema.parse({ id: "0oaSandboxWebApp005d", name: "Sandbox web app" });
  const clients = [
    makeClient(web, web.id ?? "", "sandbox-client-secret-that-guards-nothing"),
    service("0oaSandboxService05d", "Sandbox service app", false),
    service("0oaSandboxDpopApp05d", "Sandbox service app with DPoP", true),
  ];
  return new Map(clients.map((client) => [client.id, client]));
}
