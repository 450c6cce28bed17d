import type { ExecutionMode } from "#lib/engine/execution.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import { stopRun } from "../bulk/stop-run.ts";
import type { Database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { pauseWithin } from "../flows/pause-flow.ts";
import { log } from "../log.ts";
import { ALONE_FROM } from "./suspects.ts";

/** Deaths at the same place after which an execution is not run any more: two in workers, and two alone. */
const MAX_CRASHES = 4;
/** So many executions of a flow struck twice by the same death: the next of it would kill workers as well. */
const SUSPECT_FROM = 3;

/** An execution that was running when its worker died. */
export interface Crash {
  id: string;
  flow_id: string;
  mode: ExecutionMode;
  crashes: number;
}

/**
 * How far an execution `x` came, and at which card it is. An attempt that was lost and sent again is no progress.
 */
const PROGRESS = `
    select count(distinct s.path) filter (where s.status in ('succeeded', 'skipped') or s.exit is not null)::int as done,
      max(s.path) filter (where s.status = 'running') as path
    from steps s where s.execution_id = x.id`;

/**
 * Counts the death of a worker for the executions it was running, as a part of the statement that frees its entries, up to
 * the two after which they run alone: of all that were in a worker none is known to be the cause. What waited in the worker's
 * own queue is not counted: it had not begun. Neither is, any more, a death since which the execution came further: who kills
 * workers again and again (a deployment, an operator, a lack of memory) strikes executions at different places, a card that
 * kills its worker strikes at its own.
 *
 * @param dead name of a part of the statement with the `queue_ids` of dead workers
 */
export const countCrashesSql = (dead: string) => `crashed as (
  update executions e set crashes = struck.times, crashed_at_step = struck.done
  from (
    select x.id, progress.done,
      case when progress.done > x.crashed_at_step then 1
        else greatest(x.crashes, least(x.crashes + 1, ${ALONE_FROM})) end as times
    from graphile_worker._private_jobs j
    join ${dead} on j.locked_by = any(${dead}.queue_ids)
    join executions x on j.key = 'execution:' || x.id and x.status = 'running'
    cross join lateral (${PROGRESS}) progress
  ) struck
  where e.id = struck.id
  returning e.id, e.flow_id, e.mode, e.crashes
)`;

/**
 * After a worker's deaths are counted. Those that came further have all their takes again: killed at each of ten cards, an
 * execution was given up at the eighth. Flows of which several were struck twice run alone, all of them, until one comes to
 * its end: of a hundred events at once each sixteen would take down workers twice before they ran alone.
 */
export async function followUp(tx: Prisma.TransactionClient, crashed: readonly Crash[]): Promise<void> {
  const further = crashed.filter(({ crashes }) => crashes === 1).map(({ id }) => `execution:${id}`);
  if (further.length > 0)
    await tx.$executeRaw`update graphile_worker._private_jobs set attempts = 0 where key = any(${further}::text[])`;
  const twice = Map.groupBy(
    crashed.filter(({ crashes }) => crashes >= ALONE_FROM),
    ({ flow_id: flowId }) => flowId,
  );
  for (const [flowId, executions] of twice)
    if (executions.length >= SUSPECT_FROM) await markSuspect(tx, flowId, true);
}

/**
 * Counts the death of a process that ran one execution and no other. The fourth fails it and puts its flow into quarantine,
 * with an alarm; of a flow of which one died alone nothing runs beside others. A run over a list is stopped with one of its
 * executions: each of the others would take down processes too. Other flows go on.
 *
 * @returns whether it is to be run once more
 */
export function countDeathAlone({ prisma }: Pick<Database, "prisma">, executionId: string): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const [crash] = await tx.$queryRawUnsafe<Crash[]>(
      COUNT_ALONE,
      executionId,
      GIVEN_UP.message,
      JSON.stringify(GIVEN_UP),
    );
    if (!crash) return false;
    const { id, flow_id: flowId, mode, crashes } = crash;
    if (crashes < MAX_CRASHES) {
      log.warn(
        { executionId: id, flowId, crashes },
        "An execution took down a process that ran nothing else.",
      );
      await markSuspect(tx, flowId, true);
      return true;
    }
    log.error({ executionId: id, flowId }, GIVEN_UP.message);
    if (mode === "live" || mode === "replay") await quarantine(tx, flowId);
    await stopRunOf(tx, id);
    return false;
  });
}

const COUNT_ALONE = `
update executions e set
  crashes = died.times, crashed_at_step = died.done,
  status = case when died.times >= ${MAX_CRASHES} then 'failed' else e.status end,
  fence = case when died.times >= ${MAX_CRASHES} then e.fence + 1 else e.fence end,
  finished_at = case when died.times >= ${MAX_CRASHES} then now() end,
  reason = case when died.times >= ${MAX_CRASHES} then $2 else e.reason end,
  error = case when died.times >= ${MAX_CRASHES} then
    $3::jsonb || jsonb_build_object('path', coalesce(died.path, '')) else e.error end
from (
  select x.id, progress.done, progress.path,
    case when progress.done > x.crashed_at_step then 1 else x.crashes + 1 end as times
  from executions x cross join lateral (${PROGRESS}) progress
  where x.id = $1::uuid and x.status = 'running'
  for update of x
) died
where e.id = died.id
returning e.id, e.flow_id, e.mode, e.crashes`;

const GIVEN_UP = {
  kind: "bug",
  code: "took-workers-down",
  message:
    "The execution was stopped: four processes died or hung at the same place of it, the last two of which ran nothing else.",
  hint: "Look at what the card at that place was given, and at the log of the workers. Mend the flow, then resume it.",
} as const;

async function markSuspect(tx: Prisma.TransactionClient, flowId: string, suspect: boolean): Promise<void> {
  await tx.$executeRaw`
    update flows set suspect = ${suspect} where id = ${flowId}::uuid and suspect is distinct from ${suspect}`;
}

async function quarantine(tx: Prisma.TransactionClient, flowId: string): Promise<void> {
  const why =
    "One of its executions took down four processes, the last two of which ran nothing else. Its events are kept until somebody resumes it.";
  await pauseWithin(tx, flowId, "quarantine", why);
  // Whoever resumes it has mended it.
  await markSuspect(tx, flowId, false);
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
