import { CardError } from "../../cards/errors.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import { database } from "../db/client.ts";
import { log } from "../log.ts";
import { revokeToken } from "../okta/oauth/request-token.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { type AppCredentials, appOf, openCredentials, sealCredentials } from "./credentials.ts";
import { whileTokensRest } from "./renew-tokens.ts";

/**
 * Ends tokens at the org: the refresh token, which takes its access tokens along, and the access token itself for an
 * app that has no other. Never throws: what is to be removed here is removed all the same.
 * @returns what went wrong, as a sentence
 */
export async function revokeCredentials(
  orgUrl: string,
  credentials: AppCredentials,
): Promise<string | undefined> {
  const { tokens } = credentials;
  if (!tokens) return undefined;
  const app = appOf(credentials);
  try {
    if (tokens.refreshToken) await revokeToken(orgUrl, app, tokens.refreshToken, "refresh_token");
    await revokeToken(orgUrl, app, tokens.accessToken, "access_token");
    return undefined;
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    log.warn({ orgUrl, err: error }, "Tokens could not be revoked.");
    const { host } = new URL(orgUrl);
    return `The tokens could not be revoked at ${host}: ${error.message} Revoke them there, in the settings of the app ${app.clientId}.`;
  }
}

/** Ends the tokens of a connection, if it has any. Call it while they rest. @returns what went wrong, as a sentence */
export async function revokeTokensOf(connection: {
  id: string;
  orgUrl: string;
  secret: string;
  secretKeyId: string;
}): Promise<string | undefined> {
  try {
    const credentials = openCredentials(connection);
    return credentials.kind === "apiToken"
      ? undefined
      : await revokeCredentials(connection.orgUrl, credentials);
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error;
    return `The tokens could not be revoked at ${new URL(connection.orgUrl).host}: ${error.message}`;
  }
}

/**
 * Takes back what a removed account consented to: its tokens are revoked at the orgs, and the connections wait for
 * somebody else's consent. Service apps and API tokens are not his: they stay.
 * @returns what went wrong, as sentences
 */
export async function takeBackConsents(user: { id: string; name: string }): Promise<string[]> {
  const { prisma } = database();
  const theirs = await prisma.connection.findMany({ where: { createdById: user.id, auth: "oauth" } });
  const warnings: string[] = [];
  for (const { id } of theirs) {
    await whileTokensRest(id, async () => {
      const connection = await prisma.connection.findUnique({ where: { id } });
      // Authorized anew by somebody else a moment ago.
      if (connection?.createdById !== user.id || connection.auth !== "oauth") return;
      const warning = await revokeTokensOf(connection);
      if (warning) warnings.push(warning);
      const statusDetail = `It was authorized by ${user.name}, who was removed. Authorize it again.`;
      await prisma.$transaction(async (tx) => {
        await tx.connection.update({
          where: { id },
          data: {
            ...withoutTokens(connection),
            status: "broken",
            statusDetail,
            tokenExpiresAt: null,
            createdById: null,
          },
        });
        await raiseAlarm("connection-broken", id, `${connection.name}: ${statusDetail}`, tx);
      });
    });
  }
  return warnings;
}

/** The app itself stays known, so that the next admin only has to consent. */
function withoutTokens(connection: { id: string; secret: string; secretKeyId: string }) {
  try {
    const credentials = openCredentials(connection);
    return credentials.kind === "oauth"
      ? sealCredentials(connection.id, { ...credentials, tokens: undefined })
      : {};
  } catch (error) {
    if (error instanceof SecretUnreadableError) return {};
    throw error;
  }
}
