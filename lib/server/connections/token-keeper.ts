import { CardError } from "../../cards/errors.ts";
import { database } from "../db/client.ts";
import { log } from "../log.ts";
import { type Rounds, startRounds } from "../rounds.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { resumeParked } from "./connection-state.ts";
import { openCredentials } from "./credentials.ts";
import { forgetOldAttempts } from "./oauth-attempts.ts";
import { endSoon, renewTokens } from "./renew-tokens.ts";

/** How often tokens are looked after. Well below the time they are renewed ahead. */
const EVERY_MS = 30_000;

/** Renewed this long before they end, so that a busy flow hardly ever waits for it. */
const AHEAD_MS = 10 * 60_000;

/**
 * Keeps the access tokens of all connections good, in the worker. A refresh token nobody uses ends as well (Okta: after
 * 7 days unless changed), so a connection whose flows rest would be lost without this.
 */
export function startTokenKeeper(): Rounds {
  return startRounds({
    everyMs: EVERY_MS,
    failed: "A round of looking after tokens failed.",
    round: keepTokens,
  });
}

/** One round: tokens that end soon are renewed, old attempts forgotten, executions whose connection works resumed. */
export async function keepTokens(): Promise<void> {
  const ending = await database().prisma.connection.findMany({
    where: {
      status: "connected",
      auth: { not: "token" },
      tokenExpiresAt: { lt: new Date(Date.now() + AHEAD_MS) },
    },
  });
  for (const connection of ending) {
    try {
      const credentials = openCredentials(connection);
      if (credentials.kind === "apiToken" || !endSoon(credentials.tokens, AHEAD_MS)) continue;
      await renewTokens(connection.id, credentials.tokens?.accessToken);
    } catch (error) {
      if (!(error instanceof CardError) && !(error instanceof SecretUnreadableError)) throw error;
      log.warn({ connectionId: connection.id, err: error }, "An access token could not be renewed.");
    }
  }
  await forgetOldAttempts();
  await resumeParked();
}
