import type { Pool } from "pg";
import type { Prisma } from "../db/generated/client.ts";

/** Name of the one kind of job there is: run an execution. */
export const EXECUTION_TASK = "execution";

/** How often a job is taken up in all: a worker that dies or loses the database counts as one. See sweep.ts for the end. */
export const MAX_TAKES = 8;

/**
 * Tests are started by somebody who looks on; they go before a backlog of events. A card run by hand over a list of
 * thousands lets events go first. Among events, flows take turns; what comes back to the queue is given one when it is due
 * (fair-turns.ts).
 */
export const PRIORITY = { event: 0, live: 1, test: -10, manual: 10 } as const;

/**
 * SQL expression for the queue entry of an execution, to be used inside the statement that makes the execution ready
 * to run, so that neither can be there without the other. The key makes a second entry replace the first.
 *
 * @param id SQL expression of the execution's id
 * @param runAt SQL expression of the earliest start
 * @param mode SQL expression of the execution's mode; 'event' for one that starts with `runAt` as its turn
 */
export function jobSpecSql(id: string, runAt = "now()", mode = "'live'"): string {
  return `(
    '${EXECUTION_TASK}', json_build_object('executionId', ${id}), null, ${runAt}, ${MAX_TAKES},
    'execution:' || ${id},
    case ${mode} when 'event' then ${PRIORITY.event} when 'test' then ${PRIORITY.test} when 'manual' then ${PRIORITY.manual}
      when 'replay' then ${PRIORITY.manual} else ${PRIORITY.live} end, null
  )::graphile_worker.job_spec`;
}

/** $2: the mode whose priority they get; null for their own. */
const ENQUEUE = `
select count(*)::int from
  (select array_agg(${jobSpecSql("e.id", "now()", "coalesce($2::text, e.mode)")}) as specs
   from executions e where e.id = any($1::uuid[]) having count(*) > 0) s
  cross join lateral graphile_worker.add_jobs(s.specs)`;

/** Puts executions into the queue, to be run at once. An entry an execution has already is replaced. */
export async function enqueueExecutions(pool: Pool, executionIds: string[]): Promise<void> {
  await pool.query(ENQUEUE, [executionIds, null]);
}

/**
 * Puts executions into the queue within the transaction that makes them ready to run.
 *
 * @param as their priority, by the mode that has it; that of their own where absent
 */
export async function enqueueWithin(
  tx: Prisma.TransactionClient,
  executionIds: string[],
  as: keyof typeof PRIORITY | null = null,
): Promise<void> {
  await tx.$queryRawUnsafe(ENQUEUE, executionIds, as);
}

/** Takes an execution out of the queue. One that runs at the moment goes on; its entry is not taken up again. */
export async function dequeueWithin(tx: Prisma.TransactionClient, executionId: string): Promise<void> {
  await tx.$queryRaw`select 1 from graphile_worker.remove_job(${`execution:${executionId}`}::text)`;
}
