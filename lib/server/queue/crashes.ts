import type { ExecutionMode } from "#lib/engine/execution.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import { stopRun } from "../bulk/stop-run.ts";
import type { Prisma } from "../db/generated/client.ts";
import { pauseWithin } from "../flows/pause-flow.ts";
import { log } from "../log.ts";
import { EXECUTION_TASK, MAX_TAKES, PRIORITY } from "./enqueue.ts";

/** Deaths at the same place after which an execution is not run any more: the first, and three takeovers in vain. */
const MAX_CRASHES = 4;
/**
 * From so many deaths on an execution runs alone among its like. A worker that dies strikes all executions it runs; only
 * one at a time can tell the cause from its neighbours.
 */
export const ALONE_FROM = 2;
const SUSPECTS = "suspects";

/** An execution that was running when its worker died. */
export interface Crash {
  id: string;
  flow_id: string;
  mode: ExecutionMode;
  crashes: number;
}

/**
 * Counts the death of a worker for the executions it was running, as a part of the statement that frees its entries, and
 * fails those it happened to four times. What waited in the worker's own queue is not counted: it had not begun. Neither
 * is, any more, a death since which the execution came further: who kills workers again and again (a deployment, an
 * operator, a lack of memory) strikes executions at different places, a card that kills its worker strikes at its own. An
 * attempt that was lost and sent again is no progress.
 *
 * @param dead name of a part of the statement with the `queue_ids` of dead workers
 */
export const countCrashesSql = (dead: string) => `crashed as (
  update executions e set
    crashes = struck.times, crashed_at_step = struck.done,
    status = case when struck.times >= ${MAX_CRASHES} then 'failed' else e.status end,
    fence = case when struck.times >= ${MAX_CRASHES} then e.fence + 1 else e.fence end,
    finished_at = case when struck.times >= ${MAX_CRASHES} then now() end,
    reason = case when struck.times >= ${MAX_CRASHES} then '${GIVEN_UP.message}' else e.reason end,
    error = case when struck.times >= ${MAX_CRASHES} then
      '${JSON.stringify(GIVEN_UP)}'::jsonb || jsonb_build_object('path', coalesce(struck.path, '')) else e.error end
  from (
    select x.id, progress.done, progress.path,
      case when progress.done > x.crashed_at_step then 1 else x.crashes + 1 end as times
    from graphile_worker._private_jobs j
    join ${dead} on j.locked_by = any(${dead}.queue_ids)
    join executions x on j.key = 'execution:' || x.id and x.status = 'running'
    cross join lateral (
      select count(distinct s.path) filter (where s.status in ('succeeded', 'skipped') or s.exit is not null)::int as done,
        max(s.path) filter (where s.status = 'running') as path
      from steps s where s.execution_id = x.id
    ) progress
  ) struck
  where e.id = struck.id
  returning e.id, e.flow_id, e.mode, e.crashes
)`;

const GIVEN_UP = {
  kind: "bug",
  code: "took-workers-down",
  message:
    "The execution was stopped: four workers died or hung at the same place of it, the first and those of three takeovers.",
  hint: "Look at what the card at that place was given, and at the log of the workers. Mend the flow, then resume it.",
} as const;

/**
 * After the deaths are counted: runs those that were struck twice or more one at a time, and puts the flows of those that were
 * struck four times into quarantine, with an alarm. A run over a list is stopped with one of its executions: each of the
 * others would take down four workers more. Other flows go on.
 */
export async function followUp(tx: Prisma.TransactionClient, crashed: readonly Crash[]): Promise<void> {
  for (const { id, flow_id: flowId, mode, crashes } of crashed) {
    if (crashes >= MAX_CRASHES) {
      log.error({ executionId: id, flowId }, GIVEN_UP.message);
      if (mode === "live" || mode === "replay") await quarantine(tx, flowId);
      await stopRunOf(tx, id);
    } else if (crashes >= ALONE_FROM) {
      // With the turn it had among the events: due now, it would wait for the end of whatever backlog there is. What has no
      // turn goes before those it was started with: each of forty replays would take down workers before one ran alone.
      const priority = mode === "live" ? PRIORITY.event : mode === "test" ? PRIORITY.test : PRIORITY.manual;
      await tx.$queryRaw`
        select 1 from graphile_worker.add_job(
          ${EXECUTION_TASK}, json_build_object('executionId', ${id}::text), queue_name := ${SUSPECTS},
          max_attempts := ${MAX_TAKES}::int, job_key := ${`execution:${id}`}, priority := ${priority}::int,
          run_at := coalesce((select least(coalesce(e.turn, e.created_at - interval '1 second'), now()) from executions e where e.id = ${id}::uuid), now()))`;
    }
  }
}

async function quarantine(tx: Prisma.TransactionClient, flowId: string): Promise<void> {
  const why =
    "One of its executions took down four workers: it was taken over three times in vain. Its events are kept until somebody resumes it.";
  await pauseWithin(tx, flowId, "quarantine", why);
  const flow = await tx.flow.findUnique({ where: { id: flowId }, select: { name: true } });
  await raiseAlarm(
    "flow-quarantined",
    flowId,
    `“${flow?.name ?? flowId}” was put into quarantine. ${why}`,
    tx,
  );
}

const RUN_STOPPED =
  "The run was stopped before this row was started: another row took down worker after worker.";

async function stopRunOf(tx: Prisma.TransactionClient, executionId: string): Promise<void> {
  const runs = await tx.$queryRaw<{ id: string }[]>`
    select b.id from bulk_rows r join bulk_runs b on b.id = r.bulk_id
    where r.execution_id = ${executionId}::uuid and b.status = 'running' for update of b`;
  for (const { id } of runs) await stopRun(tx, id, RUN_STOPPED);
}
