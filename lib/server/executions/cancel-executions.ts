import type { z } from "zod";
import type { cancelExecutions as endpoint } from "#lib/api/executions.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { CANCEL_CHANNEL } from "../queue/cancel-channel.ts";
import { namesOf } from "./execution-filter.ts";
import { findCancellable } from "./matching-executions.ts";
import { requireConfirmed } from "./require-confirmed.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

/** 10,000 rows and their queue entries take some seconds on a slow disk. */
const WITHIN_MS = 60_000;

/**
 * Stops all executions a filter finds that have not ended: those at a card before their next one, the others, waiting ones
 * too, at once. What they have done stays done. All of them or, when anything goes wrong, none.
 *
 * @throws ApiProblem bad-request for an unknown status or severity; conflict when there are not as many as confirmed
 */
export async function cancelExecutions(
  actor: Actor,
  { filter, confirm }: Request,
): Promise<{ cancelled: number; stopping: number }> {
  authorize(actor, "executions.run");
  const { text, values } = findCancellable(filter);
  return database().prisma.$transaction(
    async (tx) => {
      const found = await tx.$queryRawUnsafe<{ id: string }[]>(text, ...values);
      requireConfirmed(found.length, confirm, "cancelled");
      const [row] = await tx.$queryRawUnsafe<{ cancelled: number; stopping: number }[]>(
        CANCEL,
        found.map(({ id }) => id),
      );
      const done = { cancelled: row?.cancelled ?? 0, stopping: row?.stopping ?? 0 };
      await audit(
        actor,
        "execution.cancel-many",
        filter.flowId,
        { ...done, filters: namesOf(filter) },
        { within: tx },
      );
      return done;
    },
    { timeout: WITHIN_MS },
  );
}

/**
 * Locked in the order of their ids, so that two who cancel at once don't wait for each other. As `cancelWithin` does for
 * one: a running one is told, by its column and by name.
 */
const CANCEL = `
with locked as (
  select id, status from executions
  where id = any($1::uuid[]) and status in ('queued', 'running', 'waiting', 'attention')
  order by id for update
), told as (
  update executions e set cancel_requested = true from locked l where l.id = e.id and l.status = 'running'
  returning e.id
), ended as (
  update executions e set status = 'cancelled', reason = null, waiting_until = null, held = false,
    cancel_requested = true, finished_at = now(), fence = e.fence + 1
  from locked l where l.id = e.id and l.status <> 'running'
  returning e.id
), notified as (
  select count(pg_notify('${CANCEL_CHANNEL}', id::text)) from told
), dequeued as (
  select count(graphile_worker.remove_job('execution:' || id)) from ended
)
select (select count(*)::int from told) + (select count(*)::int from ended) as cancelled,
  (select count(*)::int from told) as stopping, (select * from notified) as notified, (select * from dequeued) as dequeued`;
