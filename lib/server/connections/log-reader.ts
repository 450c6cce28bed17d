import { CardError } from "../../cards/errors.ts";
import type { OktaClient, OktaResponse } from "../../connectors/okta/client.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { type LogEvent, readLogEvents } from "../intake/log-event.ts";
import { nextLink } from "../okta/next-link.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { clientOf } from "./client-of.ts";
import { markBrokenIfRefused } from "./connection-state.ts";
import { intakeModeFor } from "./intake-mode.ts";
import { logMattersSince, PAGE_SIZE, startOfLog } from "./log-start.ts";
import { type Listening, listeningOf, oktaClock, recoverEvents } from "./recover-events.ts";
import { whileLocked } from "./whole-fleet-lock.ts";

/** Pages read in one round, so that one busy org does not keep the others waiting. */
const PAGES_PER_ROUND = 20;

/**
 * How long an event may take to come through the hook before it counts as missed. Okta tries a delivery twice, 3 s each,
 * and gathers events before; against the sandbox org a delivery takes 10 to 60 ms. Too short would only cost the honest
 * name: an event is taken in once, whoever brings it.
 */
const GRACE_MS = 10_000;

/** How often reading starts anew a little before where it was, see OVERLAP_MS. */
const START_ANEW_EVERY_MS = 60_000;

/** When each log was started anew by this process; after a start of the process all of them are. */
const startedAnew = new Map<string, number>();

/** Until when an org's rate limit forbids asking again. */
const pausedUntil = new Map<string, number>();

export interface LogReading {
  /** Tests take another than GRACE_MS. */
  graceMs?: number;
}

/**
 * Reads an org's System Log from where it was left, and takes in the events flows listen to that did not come through
 * the hook: those it missed, those hooks can't deliver, and all of them where Okta can't call us.
 *
 * The cursor is the address of Okta's next page. It is saved after the page's events are, so a crash in between brings
 * a page twice; and it stays before a page with an event that may come through the hook still. Nothing is read while no
 * flow listens.
 */
export async function readLog(connectionId: string, { graceMs = GRACE_MS }: LogReading = {}): Promise<void> {
  await whileLocked(`log:${connectionId}`, false, async () => {
    const connection = await database().prisma.connection.findUnique({ where: { id: connectionId } });
    if (!connection) return;
    const listening = await listeningOf(connectionId, intakeModeFor(connection.orgUrl).mode === "hook");
    // Where it would go on is of no use later: what happens until a flow listens again is for nobody.
    if (listening.since.size === 0) {
      if (connection.logCursor !== null) await save(connectionId, { logCursor: null, logDetail: null });
      return;
    }
    if (Date.now() < (pausedUntil.get(connectionId) ?? 0)) return;
    try {
      await readPages(connection, listening, graceMs);
    } catch (error) {
      if (!(error instanceof CardError) && !(error instanceof SecretUnreadableError)) throw error;
      if (error instanceof CardError) pausedUntil.set(connectionId, error.details.retryAt ?? 0);
      await save(connectionId, { logDetail: error.message });
      await markBrokenIfRefused(connection, error);
    }
  });
}

async function readPages(connection: Connection, listening: Listening, graceMs: number): Promise<void> {
  const client = clientOf(connection);
  const start = startOfLog(logMattersSince(connection, Math.min(...listening.since.values())));
  let { logSeenUntil } = connection;
  let cursor = isTimeToStartAnew(connection) ? start : (connection.logCursor ?? start);
  for (let page = 0; page < PAGES_PER_ROUND; page++) {
    const { body, headers } = await ask(client, cursor, start);
    const time = { ...oktaClock(headers, Date.now()), graceMs };
    const entries = Array.isArray(body) ? body : [];
    const events = readLogEvents(entries).sound;
    const leftToHook = await recoverEvents(connection, events, listening, time);
    logSeenUntil = newestOf(events, logSeenUntil, time.oktaNow);
    if (leftToHook === 0) cursor = nextLink(headers.link, connection.orgUrl) ?? cursor;
    await save(connection.id, { logCursor: cursor, logSeenUntil, logReadAt: new Date(), logDetail: null });
    if (leftToHook > 0 || entries.length < PAGE_SIZE) return;
  }
  // There is more: starting anew now would read the same pages again and again.
  startedAnew.set(connection.id, Date.now());
}

function isTimeToStartAnew({ id }: Connection): boolean {
  const now = Date.now();
  if (now - (startedAnew.get(id) ?? 0) < START_ANEW_EVERY_MS) return false;
  startedAnew.set(id, now);
  return true;
}

/** A page. A cursor Okta no longer takes (it keeps its log 90 days) is given up for a new start. */
async function ask(client: OktaClient, cursor: string, start: string): Promise<OktaResponse> {
  try {
    return await client.request({ method: "GET", path: cursor });
  } catch (error) {
    const refused = error instanceof CardError && error.details.status === 400 && cursor !== start;
    if (!refused) throw error;
    return client.request({ method: "GET", path: start });
  }
}

/** Publication of the newest event seen. One dated ahead of Okta's clock would hide all that come until then. */
function newestOf(events: readonly LogEvent[], seen: Date | null, oktaNow: number): Date | null {
  const times = events.map(({ published }) => Math.min(Date.parse(published), oktaNow));
  if (times.length === 0) return seen;
  return new Date(Math.max(seen?.getTime() ?? 0, ...times));
}

async function save(
  id: string,
  data: Partial<Pick<Connection, "logCursor" | "logReadAt" | "logDetail" | "logSeenUntil">>,
): Promise<void> {
  await database().prisma.connection.updateMany({ where: { id }, data });
}
