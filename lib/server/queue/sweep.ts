import type { Pool } from "pg";
import type { Database } from "../db/client.ts";
import { PROCESS } from "../db/connection-name.ts";
import { storableText } from "../db/storable-json.ts";
import { keptBackSql } from "../flows/paused.ts";
import { log } from "../log.ts";
import { metrics } from "../metrics/metrics.ts";
import { type Crash, countCrashesSql, followUp } from "./crashes.ts";
import { EXECUTION_TASK, enqueueExecutions } from "./enqueue.ts";
import { WORKER_LOCKS } from "./lease.ts";

/** A worker that holds its lock but was silent this long is frozen or cut off. Four heartbeats. */
const SILENT_SECONDS = 20;
/** A worker registers its queue ids before it takes jobs; jobs locked under an unknown id this long belong to nobody. */
const UNKNOWN_SECONDS = 10;

/**
 * Frees the jobs of dead workers, so that the living take them over with their next look at the queue, and counts the
 * death for the executions they were running (crashes.ts).
 *
 * @returns ids of the workers found dead
 */
export async function freeDeadWorkers({ prisma }: Pick<Database, "prisma">): Promise<string[]> {
  // Before anything else, and not in the same statement: what a frozen worker had locked, that would wait for.
  await prisma.$queryRawUnsafe(END_CONNECTIONS, WORKER_LOCKS, PROCESS);
  const { ids, jobs, crashed } = await prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRawUnsafe<Freed[]>(FREE, WORKER_LOCKS);
    if (!row) throw new Error("PostgreSQL answered the sweep with nothing.");
    await followUp(tx, row.crashed);
    return row;
  });
  metrics().workersDied.inc(ids.length);
  metrics().takeovers.inc(jobs);
  for (const workerId of ids) {
    const executions = crashed.map(({ id }) => id);
    log.warn({ workerId, executions }, "A worker died; its executions are taken over.");
  }
  return ids;
}

interface Freed {
  ids: string[];
  jobs: number;
  crashed: Crash[];
}

/** Of a row `w` of `workers`; $1 is WORKER_LOCKS. */
const DEAD = `(w.heartbeat_at < now() - interval '${SILENT_SECONDS} seconds'
     or not exists (
       select from pg_locks l
       where l.locktype = 'advisory' and l.granted and l.classid = $1::int::oid and l.objid = w.lock_key::oid
         and l.objsubid = 2 and l.database = (select oid from pg_database where datname = current_database())
     ))`;

/**
 * Ends what connections a dead worker still has: it is frozen, or its machine went away and the sockets linger. They hold
 * its slots of calls, the readers' turns and the rows of a statement it was at, for as long as the kernel keeps them. A
 * worker that thaws learns by it as well. $2: not those of this process, which lives.
 */
const END_CONNECTIONS = `
select count(pg_terminate_backend(a.pid))::int as ended
from workers w join pg_stat_activity a on a.application_name like '%:' || w.process
where w.process <> $2 and a.datname = current_database() and a.usename = current_user and ${DEAD}`;

const FREE = `
with dead as (
  delete from workers w
  where ${DEAD}
  returning w.id, w.queue_ids
), ${countCrashesSql("dead")}, freed as (
  select count(graphile_worker.force_unlock_workers(array(
    select unnest(queue_ids) from dead
    union
    select j.locked_by from graphile_worker._private_jobs j
    where j.locked_at < now() - interval '${UNKNOWN_SECONDS} seconds'
      and not exists (select from workers w where j.locked_by = any(w.queue_ids))
  )))
)
select array(select id from dead) as ids, (select count::int from freed) as freed,
  (select count(*)::int from graphile_worker._private_jobs j join dead on j.locked_by = any(dead.queue_ids)) as jobs,
  coalesce((select jsonb_agg(to_jsonb(crashed)) from crashed), '[]') as crashed`;

/**
 * Ends the executions whose queue entry is used up: each time they were taken up their worker died or lost the
 * database. They fail with that as the reason, instead of taking down one worker after the other for ever.
 *
 * @returns ids of the executions given up
 */
export async function giveUpSpent(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; key: string | null; last_error: string | null }>({
    name: "spent-jobs",
    text: `delete from graphile_worker._private_jobs j
           using graphile_worker._private_tasks t
           where t.id = j.task_id and t.identifier = $1 and j.attempts >= j.max_attempts and j.locked_at is null
           returning j.id, j.key, j.last_error, j.attempts`,
    values: [EXECUTION_TASK],
  });
  const ended: string[] = [];
  for (const { key, last_error } of rows) {
    // Without a key it was replaced by a newer entry, which goes on.
    if (key === null) continue;
    const executionId = key.slice(key.indexOf(":") + 1);
    if (await fail(pool, executionId, last_error)) ended.push(executionId);
  }
  return ended;
}

async function fail(pool: Pool, executionId: string, lastError: string | null): Promise<boolean> {
  const message =
    "The execution was given up: each time it was run, its worker died or could not keep its records.";
  const error = {
    kind: "bug",
    code: "given-up",
    message,
    hint: "Look at the worker's log around this time. Retry the execution once the cause is mended.",
    path: "",
    data: lastError === null ? {} : { lastError: storableText(lastError).slice(0, 1000) },
  };
  const { rowCount } = await pool.query(
    `update executions set status = 'failed', reason = $2, error = $3::jsonb, finished_at = now(), fence = fence + 1
     where id = $1 and status in ('queued', 'running', 'waiting')`,
    [executionId, message, JSON.stringify(error)],
  );
  if (rowCount) log.error({ executionId, lastError }, message);
  return rowCount !== 0;
}

/**
 * Puts executions that should be in the queue and are not back into it. That takes somebody deleting queue entries by
 * hand, or an error in Flowdeck; it must not make an execution wait for ever. Those a paused flow keeps back belong in no
 * queue; one that was kept back at the very moment its flow was resumed does. Neither do those that stand in line.
 *
 * @returns ids of the executions put back
 */
export async function requeueForgotten(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select e.id from executions e
     where e.status in ('queued', 'running', 'waiting')
       and e.created_at < now() - interval '1 minute'
       and coalesce(e.waiting_until, e.created_at) < now() - interval '1 minute'
       and e.place is distinct from 'line'
       and not exists (select from graphile_worker._private_jobs j where j.key = 'execution:' || e.id)
       and not (e.held and exists (select from flows f where f.id = e.flow_id and ${keptBackSql("f", "e.mode")}))
     limit 1000`,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    log.error({ executionIds: ids }, "Executions had fallen out of the queue; they were put back.");
  await enqueueExecutions(pool, ids);
  return ids;
}
