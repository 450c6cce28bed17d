import type { Pool } from "pg";
import { jobSpecSql } from "./enqueue.ts";

/**
 * From so many deaths on an execution runs in a process of its own. A worker that dies strikes all executions it runs; only
 * one that runs with no other tells the cause from its neighbours.
 */
export const ALONE_FROM = 2;
/** Until there may be room for one more process. */
const AGAIN_IN = "interval '10 seconds'";
const WHY = "Waits to be run in a process of its own: workers died with it, or with others of its flow.";

/**
 * SQL condition: an execution must not run beside others. Either workers died with it, or with so many of its flow that the
 * next would kill one too.
 *
 * @param execution SQL name of its row
 * @param flow SQL name of its flow's row
 */
export const suspectSql = (execution: string, flow: string) =>
  `((${execution}.crashes >= ${ALONE_FROM} or ${flow}.suspect) and not ${execution}.cancel_requested)`;

/** Whether a claim was refused for this; those of paused flows are kept back before. */
export async function isSuspect(pool: Pool, executionId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from executions e join flows f on f.id = e.flow_id
     where e.id = $1::uuid and e.status in ('queued', 'running', 'waiting') and ${suspectSql("e", "f")}`,
    [executionId],
  );
  return rowCount !== 0;
}

/** Puts a suspect back into the queue for which there is no process now. Its place in the worker is free for others. */
export async function postpone(pool: Pool, executionId: string): Promise<void> {
  await pool.query(
    `with later as (
       update executions set status = 'waiting', waiting_until = now() + ${AGAIN_IN}, reason = $2
       where id = $1::uuid and status in ('queued', 'running', 'waiting')
       returning id, mode
     )
     select count(*) from
       (select array_agg(${jobSpecSql("l.id", `now() + ${AGAIN_IN}`, "l.mode")}) as specs from later l having count(*) > 0) s
       cross join lateral graphile_worker.add_jobs(s.specs)`,
    [executionId, WHY],
  );
}

/** What came to its end alone clears its flow: whatever of it is suspect by itself stays so. */
export async function acquit(pool: Pool, executionId: string): Promise<void> {
  await pool.query(
    `update flows f set suspect = false from executions e
     where e.id = $1::uuid and f.id = e.flow_id and f.suspect and e.status in ('succeeded', 'failed')`,
    [executionId],
  );
}
