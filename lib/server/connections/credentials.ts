import { z } from "zod";
import { privateJwkSchema } from "../okta/oauth/key-pair.ts";
import type { OAuthApp } from "../okta/oauth/oauth-app.ts";
import type { Tokens } from "../okta/oauth/request-token.ts";
import { seal, unseal } from "../secrets/vault.ts";

const tokensSchema = z.object({
  accessToken: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
  /** The key calls must be proven with, where the org demands it (DPoP). */
  dpopKey: privateJwkSchema.optional(),
});
export type KeptTokens = z.infer<typeof tokensSchema>;

/** What opens an org: an admin's API token, an admin's consent to an app, or a service app's own key. */
const credentialsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("apiToken"), token: z.string() }),
  z.object({
    kind: z.literal("oauth"),
    clientId: z.string(),
    clientSecret: z.string().optional(),
    /** Absent once the authorization was taken back. */
    tokens: tokensSchema.optional(),
  }),
  z.object({
    kind: z.literal("service"),
    clientId: z.string(),
    key: privateJwkSchema,
    tokens: tokensSchema.optional(),
  }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;
/** Credentials whose access tokens end and are renewed. */
export type AppCredentials = Exclude<Credentials, { kind: "apiToken" }>;

/** The two columns of a connection that hold its credentials. */
export interface StoredCredentials {
  secret: string;
  secretKeyId: string;
}

/** Closes credentials for the connection with this id. */
export function sealCredentials(connectionId: string, credentials: Credentials): StoredCredentials {
  const { sealed, keyId } = seal(JSON.stringify(credentials), placeOf(connectionId));
  return { secret: sealed, secretKeyId: keyId };
}

/**
 * Opens a connection's credentials. Call it where they are used, keep them nowhere.
 * @throws SecretUnreadableError when FLOWDECK_SECRET_KEY is another one than they were stored with
 */
export function openCredentials(connection: { id: string } & StoredCredentials): Credentials {
  const text = unseal({ sealed: connection.secret, keyId: connection.secretKeyId }, placeOf(connection.id));
  return credentialsSchema.parse(JSON.parse(text));
}

/** The app these credentials are of, as the org's OAuth endpoints want it. */
export function appOf(credentials: AppCredentials): OAuthApp {
  const { clientId } = credentials;
  return credentials.kind === "service"
    ? { clientId, key: credentials.key }
    : { clientId, clientSecret: credentials.clientSecret };
}

/** What is kept of tokens an org gave. A refresh without a new refresh token leaves the old one good. */
export function keptTokens(tokens: Tokens, before?: KeptTokens): KeptTokens {
  const { accessToken, expiresAt, dpopKey } = tokens;
  const refreshToken = tokens.refreshToken ?? before?.refreshToken;
  return { accessToken, expiresAt, refreshToken, dpopKey };
}

function placeOf(connectionId: string): string {
  return `connections:${connectionId}`;
}
