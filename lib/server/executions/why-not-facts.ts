import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { database } from "../db/client.ts";
import { listensTo } from "../flows/listeners.ts";

/** How many events are offered to be asked about. */
const LATEST = 30;

/** A connection as far as it matters for what arrives. */
export interface IntakeFacts {
  id: string;
  alias: string;
  name: string;
  intake: string;
  hookStatus: string;
  hookDetail: string | null;
  lastDeliveryAt: Date | null;
}

/** An event that arrived. */
export interface EventFacts {
  id: string;
  connectionId: string;
  uuid: string;
  eventType: string;
  published: Date;
  receivedAt: Date;
}

/** What a flow listened to. */
export interface Listening {
  alias: string;
  eventTypes: string[];
}

/** The version of a flow that was live at a time: what it listened to; undefined where none was published yet. */
export async function listeningAt(flowId: string, at: Date): Promise<Listening | undefined> {
  const version = await database().prisma.flowVersion.findFirst({
    where: { flowId, createdAt: { lte: at } },
    orderBy: { number: "desc" },
    select: { document: true },
  });
  return version ? listeningOf(readDocument(version.document)) : undefined;
}

/** What the event card of a document listens to. */
export function listeningOf(document: FlowDocument): Listening | undefined {
  return listensTo(document).at(0);
}

/**
 * Whether a flow was on at a time, from the notes of who turned it on and off. Undefined where there is no such note
 * from before: nobody had turned it on, or the note is not kept any more.
 */
export async function wasOnAt(flowId: string, at: Date): Promise<{ on: boolean; since: Date } | undefined> {
  const note = await database().prisma.auditEntry.findFirst({
    where: { objectId: flowId, action: { in: ["flow.on", "flow.off", "flow.delete"] }, at: { lte: at } },
    orderBy: { id: "desc" },
    select: { action: true, at: true },
  });
  return note ? { on: note.action === "flow.on", since: note.at } : undefined;
}

/** A connection and when it last brought something; null where there is none of that name. */
export async function intakeFacts(alias: string): Promise<IntakeFacts | null> {
  const connection = await database().prisma.connection.findUnique({
    where: { alias },
    select: { id: true, alias: true, name: true, intake: true, hookStatus: true, hookDetail: true },
  });
  if (!connection) return null;
  const last = await database().prisma.delivery.findFirst({
    where: { connectionId: connection.id },
    orderBy: { receivedAt: "desc" },
    select: { receivedAt: true },
  });
  return { ...connection, lastDeliveryAt: last?.receivedAt ?? null };
}

const EVENT = {
  id: true,
  connectionId: true,
  uuid: true,
  eventType: true,
  published: true,
  receivedAt: true,
} as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An event by Okta's uuid or by our id; of the given connection where several have it. */
export async function eventNamed(name: string, connectionId: string | undefined): Promise<EventFacts | null> {
  const { prisma } = database();
  // Events are unique by connection and uuid: without the connections the whole table would be read.
  const connections = await prisma.connection.findMany({ select: { id: true } });
  const found = await prisma.event.findMany({
    where: { connectionId: { in: connections.map(({ id }) => id) }, uuid: name },
    select: EVENT,
  });
  const known = found.find((event) => event.connectionId === connectionId) ?? found.at(0);
  if (known || !UUID.test(name)) return known ?? null;
  return prisma.event.findUnique({ where: { id: name.toLowerCase() }, select: EVENT });
}

/** The latest event of a connection that a flow listens to. */
export async function latestEventFor(connectionId: string, eventTypes: string[]): Promise<EventFacts | null> {
  const found = await Promise.all(
    // One look into the index for each type; a list of types would be sorted as a whole.
    eventTypes.map((eventType) =>
      database().prisma.event.findFirst({
        where: { connectionId, eventType },
        orderBy: { receivedAt: "desc" },
        select: EVENT,
      }),
    ),
  );
  return found.reduce(
    (latest, event) => (event && (!latest || event.receivedAt > latest.receivedAt) ? event : latest),
    null,
  );
}

/** The newest execution of a flow for an event. */
export function executionFor(flowId: string, eventId: string) {
  return database().prisma.execution.findFirst({
    where: { flowId, eventId },
    orderBy: { createdAt: "desc" },
    select: { id: true, status: true, ran: true, reason: true },
  });
}

/** The connection's latest deliveries' events, newest first. */
export async function latestEvents(connectionId: string) {
  const { rows } = await database().pool.query<{
    uuid: string;
    event_type: string;
    published: Date;
    payload: JsonObject;
  }>(
    `select e.uuid, e.event_type, e.published, e.payload from
       (select id, received_at from deliveries where connection_id = $1::uuid order by received_at desc limit $2) d
       join events e on e.delivery_id = d.id
     order by d.received_at desc, e.published desc limit $2`,
    [connectionId, LATEST],
  );
  return rows;
}
