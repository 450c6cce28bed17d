import { z } from "zod";
import { seal, unseal } from "../secrets/vault.ts";

/** What opens an org: for now an admin's API token. */
const credentialsSchema = z.object({ kind: z.literal("apiToken"), token: z.string() });
export type Credentials = z.infer<typeof credentialsSchema>;

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

/** The Authorization header Okta expects. Source: Okta's "API conventions", scheme SSWS. */
export function authorizationOf(credentials: Credentials): string {
  return `SSWS ${credentials.token}`;
}

function placeOf(connectionId: string): string {
  return `connections:${connectionId}`;
}
