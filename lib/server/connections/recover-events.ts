import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import type { LogEvent } from "../intake/log-event.ts";
import { maskEvents } from "../intake/mask-events.ts";
import { receiveEvents } from "../intake/receive-events.ts";

/** What a connection's flows listen to, and what of it its hooks are to deliver. */
export interface Listening {
  /** Event types, each with the time since when somebody listens to it, milliseconds of our clock. */
  since: ReadonlyMap<string, number>;
  /** Event types a registered hook has; empty where the org can't call us. */
  byHook: ReadonlySet<string>;
}

export interface RecoveryTime {
  /** Okta's clock when it answered, milliseconds. */
  oktaNow: number;
  /** How far it is ahead of ours, milliseconds. */
  clockAheadMs: number;
  /** How long an event may take to come through the hook. */
  graceMs: number;
}

/** An event dated this far ahead of Okta's own clock has a wrong date, and is not waited for. */
const FUTURE_MS = 60_000;

/**
 * Takes in what is in a page of the System Log and did not come otherwise. Events a hook is to deliver are left to it
 * until the grace period is over; those no hook brings are taken in at once.
 *
 * @param events of the page; what nobody listens to is passed over, for a log holds every sign-in of the org
 * @returns how many are left to the hook still: the cursor must not go past them
 */
export async function recoverEvents(
  { id: connectionId, hiddenAttributes }: Pick<Connection, "id" | "hiddenAttributes">,
  events: readonly LogEvent[],
  { since, byHook }: Listening,
  { oktaNow, clockAheadMs, graceMs }: RecoveryTime,
): Promise<number> {
  const listened = events.filter(({ eventType, published }) => {
    const from = since.get(eventType);
    return from !== undefined && Date.parse(published) >= from + clockAheadMs;
  });
  const missing = await notThere(connectionId, listened);
  const isYoung = ({ eventType, published }: LogEvent) => {
    const age = oktaNow - Date.parse(published);
    return byHook.has(eventType) && age < graceMs && age > -FUTURE_MS;
  };
  const due = maskEvents(
    missing.filter((event) => !isYoung(event)),
    hiddenAttributes,
  );
  const missed = due.filter(({ eventType }) => byHook.has(eventType));
  const ordinary = due.filter(({ eventType }) => !byHook.has(eventType));
  const { pool } = database();
  if (ordinary.length > 0)
    await receiveEvents(pool, { connectionId, source: "log", clockAheadMs, events: ordinary });
  if (missed.length > 0)
    await receiveEvents(pool, { connectionId, source: "recovery", clockAheadMs, events: missed });
  return missing.length - due.length;
}

/** Those that are not stored. Asked before taking in, or every page would count as one of duplicates. */
async function notThere(connectionId: string, events: readonly LogEvent[]): Promise<LogEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await database().pool.query<{ uuid: string }>({
    name: "events-there",
    text: "select uuid from events where connection_id = $1 and uuid = any($2)",
    values: [connectionId, events.map(({ uuid }) => uuid)],
  });
  const there = new Set(rows.map(({ uuid }) => uuid));
  return events.filter(({ uuid }) => !there.has(uuid));
}

/** What a connection's flows listen to. @param hooked false where the org can't call us: then no hook brings anything */
export async function listeningOf(connectionId: string, hooked: boolean): Promise<Listening> {
  const { prisma } = database();
  const [listeners, hooks] = await Promise.all([
    prisma.flowListener.groupBy({ by: ["eventType"], where: { connectionId }, _min: { since: true } }),
    hooked
      ? // One that failed was verified before, and may deliver still; an unverified one does not.
        prisma.connectionHook.findMany({ where: { connectionId, status: { not: "unverified" } } })
      : [],
  ]);
  return {
    since: new Map(listeners.map(({ eventType, _min }) => [eventType, _min.since?.getTime() ?? 0])),
    byHook: new Set(hooks.flatMap(({ eventTypes }) => eventTypes)),
  };
}

/**
 * Okta's clock by the `Date` of an answer, ours where there is none. It has whole seconds, so the time is taken as late as
 * it may be (an event is never from the future) and the difference as small: rather start a flow on an event of the second
 * before it was turned on than lose one of the second after.
 */
export function oktaClock(headers: Record<string, string>, now: number): Omit<RecoveryTime, "graceMs"> {
  const date = Date.parse(headers.date ?? "");
  if (Number.isNaN(date)) return { oktaNow: now, clockAheadMs: 0 };
  return { oktaNow: date + 1000, clockAheadMs: date - now };
}
