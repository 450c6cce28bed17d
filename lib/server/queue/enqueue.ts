import type { Sql } from "../db/transaction.ts";

/** Name of the one kind of job there is: run an execution. */
export const EXECUTION_TASK = "execution";

/** How often a job is taken up in all: a worker that dies or loses the database counts as one. See sweep.ts for the end. */
export const MAX_TAKES = 8;

/** Tests are started by somebody who looks on; they go before a backlog of events. */
export const PRIORITY = { live: 0, test: -10 } as const;

/**
 * SQL expression for the queue entry of an execution, to be used inside the statement that makes the execution ready
 * to run, so that neither can be there without the other. The key makes a second entry replace the first.
 *
 * @param id SQL expression of the execution's id
 * @param runAt SQL expression of the earliest start
 * @param mode SQL expression of the execution's mode
 */
export function jobSpecSql(id: string, runAt = "now()", mode = "'live'"): string {
  return `(
    '${EXECUTION_TASK}', json_build_object('executionId', ${id}), null, ${runAt}, ${MAX_TAKES},
    'execution:' || ${id}, case when ${mode} = 'test' then ${PRIORITY.test} else ${PRIORITY.live} end, null
  )::graphile_worker.job_spec`;
}

/**
 * Puts executions into the queue. Use the connection of the transaction that makes them ready to run.
 *
 * @param runAt earliest start; at once where absent
 */
export async function enqueueExecutions(sql: Sql, executionIds: string[], runAt?: Date): Promise<void> {
  if (executionIds.length === 0) return;
  await sql.query(
    `select count(*) from graphile_worker.add_jobs((
       select array_agg(${jobSpecSql("e.id", "coalesce($2::timestamptz, now())", "e.mode")})
       from executions e where e.id = any($1::uuid[])
     ))`,
    [executionIds, runAt ?? null],
  );
}
