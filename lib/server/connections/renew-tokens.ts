import { setTimeout as sleep } from "node:timers/promises";
import { CardError } from "../../cards/errors.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { log } from "../log.ts";
import { requestToken, type Tokens } from "../okta/oauth/request-token.ts";
import { brokenError, markBroken } from "./connection-state.ts";
import {
  type AppCredentials,
  appOf,
  type KeptTokens,
  keptTokens,
  openCredentials,
  sealCredentials,
} from "./credentials.ts";
import { whileLocked } from "./whole-fleet-lock.ts";

/**
 * Access tokens are renewed this long before they end. Okta's live an hour; a call may take most of a minute, and an
 * org that is away for some minutes is bridged.
 */
const AHEAD_MS = 5 * 60_000;

/** How long storing new tokens is tried. Okta's default grace for a replaced refresh token is 30 s. */
const STORE_WITHIN_MS = 25_000;
const STORE_AGAIN_MS = 250;

/** Whether tokens are to be renewed before their next use. */
export function endSoon(tokens: KeptTokens | undefined, aheadMs = AHEAD_MS): boolean {
  return tokens === undefined || tokens.expiresAt - Date.now() < aheadMs;
}

/** Runs `work` while nobody in the whole fleet renews or takes back this connection's tokens. */
export function whileTokensRest<T>(connectionId: string, work: () => Promise<T>): Promise<T | undefined> {
  return whileLocked(`tokens:${connectionId}`, true, work);
}

/** Renewals under way in this process: its callers share one, so that they wait with one connection to the database. */
const underWay = new Map<string, Promise<AppCredentials>>();

/**
 * Renews a connection's tokens, once in the whole fleet: whoever comes first asks the org, the others wait for the lock
 * and find its tokens in the row.
 *
 * With rotation each answer of the org makes the refresh token before it worthless after a grace (Okta: 0 to 60 s, 30
 * unless changed). The answer is therefore stored before anything else, and storing is tried for as long as the grace
 * usually lasts. A process that dies in between loses it: the lock is free at once, the next one sends the old refresh
 * token, and within the grace that works. Later the authorization has ended and the connection says so.
 *
 * @param stale the access token that is refused or ends soon; tokens that are other than it and good are kept
 * @throws CardError unauthorized when the org refuses (the connection is then broken), unavailable, rateLimited
 */
export function renewTokens(connectionId: string, stale: string | undefined): Promise<AppCredentials> {
  const key = `${connectionId} ${stale ?? ""}`;
  const known = underWay.get(key);
  if (known) return known;
  const renewal = renewLocked(connectionId, stale).finally(() => underWay.delete(key));
  underWay.set(key, renewal);
  return renewal;
}

async function renewLocked(connectionId: string, stale: string | undefined): Promise<AppCredentials> {
  const renewed = await whileTokensRest(connectionId, async () => {
    const connection = await database().prisma.connection.findUnique({ where: { id: connectionId } });
    if (!connection) throw replaced("was deleted");
    const credentials = openCredentials(connection);
    if (credentials.kind === "apiToken") throw replaced("was given an API token");
    if (connection.status === "broken") throw brokenError(connection);
    const { tokens } = credentials;
    if (tokens && tokens.accessToken !== stale && !endSoon(tokens)) return credentials;
    return renew(connection, credentials);
  });
  if (!renewed) throw replaced("is being looked after");
  return renewed;
}

async function renew(connection: Connection, credentials: AppCredentials): Promise<AppCredentials> {
  try {
    const tokens = await askForTokens(connection, credentials);
    const next = { ...credentials, tokens: keptTokens(tokens, credentials.tokens) };
    await store(connection.id, next, tokens);
    return next;
  } catch (error) {
    if (error instanceof CardError && error.details.kind === "unauthorized") {
      await markBroken(connection, error.message);
    }
    throw error;
  }
}

function askForTokens(connection: Connection, credentials: AppCredentials): Promise<Tokens> {
  const { orgUrl } = connection;
  const { dpopKey, refreshToken } = credentials.tokens ?? {};
  const app = appOf(credentials);
  if (credentials.kind === "service") {
    const form = { grant_type: "client_credentials", scope: connection.scopes.join(" ") };
    return requestToken({ orgUrl, app, form, dpopKey });
  }
  if (refreshToken === undefined) {
    throw new CardError("The authorization has ended, and the org gave no token to renew it with.", {
      kind: "unauthorized",
      code: "oauth-no-refresh-token",
      hint: "In Okta, allow the app the grant type Refresh Token, then authorize the connection again.",
    });
  }
  return requestToken({
    orgUrl,
    app,
    form: { grant_type: "refresh_token", refresh_token: refreshToken },
    dpopKey,
  });
}

/** Stores new tokens. A database that restarts just now must not cost the refresh token. */
async function store(id: string, credentials: AppCredentials, { expiresAt, scopes }: Tokens): Promise<void> {
  const data = {
    ...sealCredentials(id, credentials),
    tokenExpiresAt: new Date(expiresAt),
    ...(scopes.length > 0 ? { scopes: scopes.filter((scope) => scope.startsWith("okta.")) } : {}),
  };
  const deadline = Date.now() + STORE_WITHIN_MS;
  for (;;) {
    try {
      await database().prisma.connection.updateMany({ where: { id }, data });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      log.warn({ connectionId: id, err: error }, "New tokens could not be stored; they are tried again.");
      await sleep(STORE_AGAIN_MS);
    }
  }
}

/** Not the fault of the card that calls: tried again, it finds the connection as it is now. */
function replaced(how: string): CardError {
  return new CardError(`The connection ${how} while its access token was to be renewed.`, {
    kind: "unavailable",
    code: "connection-changed",
    sent: false,
  });
}
