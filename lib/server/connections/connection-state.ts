import { CardError } from "../../cards/errors.ts";
import { closeAlarms, raiseAlarm } from "../alarms/alarms.ts";
import { database } from "../db/client.ts";
import type { Connection, Prisma } from "../db/generated/client.ts";
import { jobSpecSql } from "../queue/enqueue.ts";

/**
 * Marks a connection whose credentials were refused. It is not called until it is mended: one alarm and parked
 * executions instead of thousands of failed calls.
 *
 * A refusal of credentials that were replaced meanwhile says nothing about the new ones, hence the comparison with the
 * sealed secret, which is another text each time it is stored.
 */
export async function markBroken(
  connection: Pick<Connection, "id" | "name" | "secret">,
  detail: string,
): Promise<void> {
  const { id, name, secret } = connection;
  await database().prisma.$transaction(async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { id, secret, status: "connected" },
      data: { status: "broken", statusDetail: detail },
    });
    if (count > 0) await raiseAlarm("connection-broken", id, `${name}: ${detail}`, tx);
  });
}

/**
 * Marks a connection whose credentials were refused to what looks after it: where flows only listen and call nothing, its
 * hook and its log would fail round after round beside "connected", and nobody would hear of it.
 */
export async function markBrokenIfRefused(
  connection: Pick<Connection, "id" | "name" | "secret">,
  error: unknown,
): Promise<void> {
  if (!(error instanceof CardError) || error.details.kind !== "unauthorized") return;
  const { hint } = error.details;
  await markBroken(connection, hint ? `${error.message} ${hint}` : error.message);
}

/** Marks a connection as working, closes its alarm, and lets the executions that waited for it go on. */
export async function markConnected(
  id: string,
  data: Prisma.ConnectionUpdateInput,
  by: string,
): Promise<void> {
  const { prisma } = database();
  await prisma.$transaction(async (tx) => {
    await tx.connection.update({ where: { id }, data: { ...data, status: "connected", statusDetail: null } });
    await closeAlarms("connection-broken", id, by, tx);
  });
  await resumeParked();
}

/** What a card gets instead of the client of a broken connection. */
export function brokenError(connection: Pick<Connection, "name" | "statusDetail">): CardError {
  return new CardError(
    `The connection "${connection.name}" is broken: ${connection.statusDetail ?? "see its page"}`,
    {
      kind: "unauthorized",
      code: "connection-broken",
      hint: "Mend it on the Connections page. What waits for it then goes on.",
    },
  );
}

/**
 * Queues the executions that wait for a connection which works again. Those that parked just as it was mended are found
 * by the next round (token-keeper.ts).
 *
 * What an execution waits for stands in the newest attempt at a card: errors of credentials name their connection
 * (engine-connections.ts) and the time the executor would come back by itself. That time is one of the worker's clock and
 * is not compared with anything.
 */
export async function resumeParked(): Promise<void> {
  await database().pool.query(RESUME);
}

const RESUME = `
with resumed as (
  update executions e set waiting_until = now(), reason = 'The connection works again.'
  where e.status = 'waiting' and e.waiting_until > now() and exists (
    select 1 from steps s join connections c on c.alias = s.error -> 'data' ->> 'connection'
    where s.execution_id = e.id and c.status = 'connected' and s.error ? 'retryAt'
      and not exists (
        select 1 from steps n where n.execution_id = s.execution_id and n.path = s.path and n.attempt > s.attempt))
  returning e.id, e.mode
)
select count(*)::int from
  (select array_agg(${jobSpecSql("r.id", "now()", "r.mode")}) as specs from resumed r having count(*) > 0) s
  cross join lateral graphile_worker.add_jobs(s.specs)`;
