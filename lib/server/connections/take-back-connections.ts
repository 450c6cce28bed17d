import { raiseAlarm } from "../alarms/alarms.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { type Credentials, openCredentials, sealCredentials } from "./credentials.ts";
import { whileTokensRest } from "./renew-tokens.ts";
import { type Revocation, revokeTokensOf } from "./revoke-credentials.ts";

/** What became of the connections of a removed account: by alias for the record, and what went wrong for people. */
export interface TakenBack {
  tokens: Record<string, Revocation["tokens"]>;
  warnings: string[];
}

/**
 * Takes back what a removed account connected: the consents it gave, the service apps and API tokens it set up. Tokens are
 * revoked at the orgs and forgotten here; each connection is broken, with an alarm, until somebody else authorizes it.
 */
export async function takeBackConnections(user: { id: string; name: string }): Promise<TakenBack> {
  const { prisma } = database();
  const theirs = await prisma.connection.findMany({ where: { createdById: user.id } });
  const taken: TakenBack = { tokens: {}, warnings: [] };
  for (const { id } of theirs) {
    await whileTokensRest(id, async () => {
      const connection = await prisma.connection.findUnique({ where: { id } });
      // Authorized anew by somebody else a moment ago.
      if (connection?.createdById !== user.id) return;
      const { tokens, sentence } = await revokeTokensOf(connection);
      taken.tokens[connection.alias] = tokens;
      if (sentence) taken.warnings.push(sentence);
      await breakOf(connection, user.name);
    });
  }
  return taken;
}

async function breakOf(connection: Connection, name: string): Promise<void> {
  const { id } = connection;
  const statusDetail = `${DONE_BY[connection.auth] ?? "It was authorized by"} ${name}, who was removed. ${MENDED_BY[connection.auth] ?? "Authorize it again."}`;
  await database().prisma.$transaction(async (tx) => {
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
}

const DONE_BY: Record<string, string> = {
  token: "Its API token was given by",
  service: "Its service app was set up by",
};
const MENDED_BY: Record<string, string> = {
  token: "Give it the token of another admin.",
  service: "Check the app's admin role in Okta, then authorize it again.",
};

/** The app itself stays known, with the key nobody ever saw, so that the next admin only has to authorize it. */
function withoutTokens(connection: Connection) {
  try {
    return sealCredentials(connection.id, emptied(openCredentials(connection)));
  } catch (error) {
    if (error instanceof SecretUnreadableError) return {};
    throw error;
  }
}

function emptied(credentials: Credentials): Credentials {
  return credentials.kind === "apiToken"
    ? { kind: "apiToken", token: "" }
    : { ...credentials, tokens: undefined };
}
