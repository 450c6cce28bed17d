import { randomUUID } from "node:crypto";
import type { AlarmKind, AlarmView } from "../../api/alarms.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Alarm, Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";

/** Alarms shown at most. More than that open at once is one trouble, not hundreds. */
const SHOWN = 100;

/**
 * Tells people something they must know. While an alarm of the same kind about the same object is open it only counts
 * up and takes the newest message.
 * @param within the transaction of the deed it is about, so that neither is there without the other
 */
export async function raiseAlarm(
  kind: AlarmKind,
  objectId: string,
  message: string,
  within: Prisma.TransactionClient = database().prisma,
): Promise<void> {
  await within.$executeRaw`
    insert into alarms (id, kind, object_id, message) values (${randomUUID()}::uuid, ${kind}, ${objectId}, ${message})
    on conflict (kind, object_id) where closed_at is null
    do update set count = alarms.count + 1, last_at = now(), message = excluded.message`;
}

/** Closes what is open about an object: the trouble is over. @param by who ended it, for the record */
export async function closeAlarms(
  kind: AlarmKind,
  objectId: string,
  by: string,
  within: Prisma.TransactionClient = database().prisma,
): Promise<void> {
  await within.alarm.updateMany({
    where: { kind, objectId, closedAt: null },
    data: { closedAt: new Date(), closedBy: by },
  });
}

/** Open alarms, the newest first. */
export async function listAlarms(actor: Actor): Promise<{ alarms: AlarmView[] }> {
  authorize(actor, "connections.read");
  const rows = await database().prisma.alarm.findMany({
    where: { closedAt: null },
    orderBy: { lastAt: "desc" },
    take: SHOWN,
  });
  return { alarms: rows.map(view) };
}

/**
 * Puts an alarm away. It comes back when its trouble happens again.
 * @throws ApiProblem not-found
 */
export async function closeAlarm(actor: Actor, id: string): Promise<{ ok: true }> {
  authorize(actor, "connections.manage");
  const { count } = await database().prisma.alarm.updateMany({
    where: { id, closedAt: null },
    data: { closedAt: new Date(), closedBy: actor.name },
  });
  if (count === 0)
    throw new ApiProblem("not-found", "There is no such open alarm; it may be closed already.");
  await audit(actor, "alarm.close", id);
  return { ok: true };
}

function view({ id, kind, objectId, message, count, openedAt, lastAt }: Alarm): AlarmView {
  return {
    id,
    kind,
    objectId,
    message,
    count,
    openedAt: openedAt.toISOString(),
    lastAt: lastAt.toISOString(),
  };
}
