import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import type { Json } from "../../flow/json.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { readLogEvents } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { nextLink } from "../okta/next-link.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { clientOf } from "./client-of.ts";
import { whileLocked } from "./whole-fleet-lock.ts";

/** Events of one page, Okta's most. */
const PAGE_SIZE = 1000;
/** Pages read in one round, so that one busy org does not keep the others waiting. */
const PAGES_PER_ROUND = 20;

/**
 * Reads an org's System Log from where it was left, and takes in the events some flow that is on listens to.
 *
 * The cursor is the address of Okta's next page (a polling query: no `until`, ascending, so there always is one). It is
 * saved after the page's events are, so a crash in between brings a page twice; intake recognises events by their uuid.
 */
export async function readLog(connectionId: string): Promise<void> {
  await whileLocked(`log:${connectionId}`, false, async () => {
    const connection = await database().prisma.connection.findUnique({ where: { id: connectionId } });
    if (!connection) return;
    try {
      await readPages(connection, clientOf(connection));
    } catch (error) {
      if (!(error instanceof CardError) && !(error instanceof SecretUnreadableError)) throw error;
      await save(connectionId, { logDetail: error.message });
    }
  });
}

async function readPages(connection: Connection, client: OktaClient): Promise<void> {
  let cursor = connection.logCursor ?? firstPage(await lastArrival(connection));
  for (let page = 0; page < PAGES_PER_ROUND; page++) {
    const { body, headers } = await client.request({ method: "GET", path: cursor });
    const events = Array.isArray(body) ? body : [];
    await takeIn(connection.id, events);
    cursor = nextLink(headers.link, connection.orgUrl) ?? cursor;
    await save(connection.id, { logCursor: cursor, logReadAt: new Date(), logDetail: null });
    if (events.length < PAGE_SIZE) return;
  }
}

/**
 * Where the first page begins: after the last delivery of a hook that brought the events before, else where the
 * connection was made. What happened earlier is not for flows that were turned on since.
 */
async function lastArrival({ id, createdAt }: Connection): Promise<Date> {
  const last = await database().prisma.delivery.findFirst({
    where: { connectionId: id },
    orderBy: { receivedAt: "desc" },
    select: { receivedAt: true },
  });
  return last?.receivedAt ?? createdAt;
}

function firstPage(since: Date): string {
  const query = new URLSearchParams({
    since: since.toISOString(),
    sortOrder: "ASCENDING",
    limit: String(PAGE_SIZE),
  });
  return `/api/v1/logs?${query}`;
}

/** Only what flows listen to is kept: a log holds every sign-in of the org. */
async function takeIn(connectionId: string, events: Json[]): Promise<void> {
  const listeners = await database().prisma.flowListener.findMany({
    where: { connectionId },
    distinct: ["eventType"],
    select: { eventType: true },
  });
  const wanted = new Set(listeners.map(({ eventType }) => eventType));
  const kept = readLogEvents(events).sound.filter(({ eventType }) => wanted.has(eventType));
  if (kept.length > 0) await receiveEvents(database().pool, { connectionId, source: "log", events: kept });
}

async function save(
  id: string,
  data: Partial<Pick<Connection, "logCursor" | "logReadAt" | "logDetail">>,
): Promise<void> {
  await database().prisma.connection.updateMany({ where: { id }, data });
}
