import { CardError } from "../../cards/errors.ts";
import { database } from "../db/client.ts";
import { env } from "../env/env.ts";
import { log } from "../log.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { revokeToken } from "../okta/oauth/request-token.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { type AppCredentials, appOf, openCredentials, type StoredCredentials } from "./credentials.ts";

/** What became of a connection's tokens at the org, for the record and for people. */
export interface Revocation {
  /**
   * "revoked": they open nothing any more. "kept": something else still needs them. "failed": they may be good still.
   * "none": there were none.
   */
  tokens: "revoked" | "kept" | "failed" | "none";
  /** Why they were kept or not revoked, and what to do. */
  sentence?: string;
}

interface Revocable extends StoredCredentials {
  id: string;
  orgUrl: string;
}

/**
 * Ends tokens at the org: the refresh token, which takes its access tokens along, and the access token itself for an
 * app that has no other. Never throws: what is to be removed here is removed all the same.
 */
export async function revokeCredentials(orgUrl: string, credentials: AppCredentials): Promise<Revocation> {
  const { tokens } = credentials;
  if (!tokens) return { tokens: "none" };
  const app = appOf(credentials);
  try {
    if (tokens.refreshToken) await revokeToken(orgUrl, app, tokens.refreshToken, "refresh_token");
    await revokeToken(orgUrl, app, tokens.accessToken, "access_token");
    return { tokens: "revoked" };
  } catch (error) {
    return failed(error, orgUrl, `Revoke them there, in the settings of the app ${app.clientId}.`);
  }
}

/** Ends the tokens of a connection, if it has any. Call it while they rest. Never throws for what the org does. */
export async function revokeTokensOf(connection: Revocable): Promise<Revocation> {
  try {
    const credentials = openCredentials(connection);
    return credentials.kind === "apiToken"
      ? await revokeApiToken(connection, credentials.token)
      : await revokeCredentials(connection.orgUrl, credentials);
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    return failed(error, connection.orgUrl, "");
  }
}

/** Revokes an admin's API token by itself: Okta's DELETE /api/v1/api-tokens/current needs no id and no other right. */
async function revokeApiToken({ id, orgUrl }: Revocable, token: string): Promise<Revocation> {
  if (token === "") return { tokens: "none" };
  // The sandbox org's own: this console made it, everything that acts in that org uses it, and no admin could make another.
  if (token === env().sandboxToken) return { tokens: "kept" };
  const other = await otherWithToken(id, orgUrl, token);
  if (other !== undefined) {
    return { tokens: "kept", sentence: `${other} uses the same API token, so it was not revoked at Okta.` };
  }
  try {
    const client = createOktaClient({ orgUrl, authorizer: tokenAuthorizer(token) });
    await client.request({ method: "DELETE", path: "/api/v1/api-tokens/current" });
    return { tokens: "revoked" };
  } catch (error) {
    // It is good for nothing already.
    if (error instanceof CardError && error.details.status === 401) return { tokens: "revoked" };
    return failed(error, orgUrl, "Revoke it there: Security, API, Tokens.");
  }
}

/** Name of another connection that holds the same token. */
async function otherWithToken(id: string, orgUrl: string, token: string): Promise<string | undefined> {
  const others = await database().prisma.connection.findMany({
    where: { orgUrl, auth: "token", id: { not: id } },
  });
  return others.find((other) => tokenOf(other) === token)?.name;
}

function tokenOf(connection: { id: string } & StoredCredentials): string | undefined {
  try {
    const credentials = openCredentials(connection);
    return credentials.kind === "apiToken" ? credentials.token : undefined;
  } catch (error) {
    if (error instanceof SecretUnreadableError) return undefined;
    throw error;
  }
}

function failed(error: unknown, orgUrl: string, instead: string): Revocation {
  if (!(error instanceof CardError || error instanceof SecretUnreadableError)) throw error;
  log.warn({ orgUrl, err: error }, "Tokens could not be revoked.");
  const sentence = `The tokens could not be revoked at ${new URL(orgUrl).host}: ${error.message} ${instead}`;
  return { tokens: "failed", sentence: sentence.trimEnd() };
}
