import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { keptBackSql } from "../flows/paused.ts";
import { jobSpecSql, PRIORITY } from "./enqueue.ts";
import { frontSql, stepsAfterSql } from "./fair-turns.ts";

/** 100,000 kept events take some seconds to be queued on a slow disk. */
export const RELEASE_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 20;
/** Then somebody else's long transaction hides whether an intake is under way; what it leaves the next round finds. */
const LOOKS = 50;

/**
 * Puts what a flow kept back into the queue, in the order in which the events were published, together with those of its
 * executions that wait there since before the pause. They get turns from the front of the queue on, as if the flow had
 * had them all the time: other flows' events have theirs in between, and the flow's own that come from now on go after.
 * The caller holds the flow's row.
 *
 * @returns how many were kept back
 */
export async function release(tx: Prisma.TransactionClient, flowId: string): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ released: number }[]>(RELEASE, flowId);
  return row?.released ?? 0;
}

const RELEASE = `
with released as (
  update executions e set status = 'queued', held = false, reason = null, crashes = 0,
    version_id = case when e.fence = 0 and e.version_id is not null and e.retry_of_id is null
      then f.live_version_id else e.version_id end
  from flows f where e.flow_id = $1::uuid and f.id = e.flow_id and e.held and not ${keptBackSql("f", "e.mode")}
  returning e.id, e.mode, e.event_id, e.created_at
), standing as materialized (
  select j.id as job, e.id, e.event_id, e.created_at
  from executions e join graphile_worker._private_jobs j on j.key = 'execution:' || e.id
  where e.flow_id = $1::uuid and e.status = 'queued' and e.mode = 'live' and exists (select from released)
    and j.is_available and j.job_queue_id is null and j.priority in (${PRIORITY.event}, ${PRIORITY.live})
  for update of j skip locked
), front as materialized (select ${frontSql()} as turn),
turns as (
  select o.id, o.job, ${stepsAfterSql("front.turn", "row_number() over (order by coalesce(v.published, o.created_at), o.id) - 1")} as turn
  from (
    select id, null as job, event_id, created_at from released where mode = 'live'
    union all select id, job, event_id, created_at from standing
  ) o left join events v on v.id = o.event_id cross join front
), moved as (
  update graphile_worker._private_jobs j set priority = ${PRIORITY.event}, run_at = t.turn from turns t where j.id = t.job
), last as (
  update flows set released_turn = (select max(turn) from turns)
  where id = $1::uuid and exists (select from turns)
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("r.id", "coalesce(t.turn, now())", "case r.mode when 'live' then 'event' else r.mode end")} order by t.turn) as specs
     from released r left join turns t on t.id = r.id having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select (select count(*)::int from released) as released, (select * from queued) as queued`;

/**
 * Releases what was taken in while a flow was being resumed, by statements that still saw it paused. Making every intake
 * wait for a resume instead would cost a lock for each event.
 *
 * @param resumed the transaction that resumed the flow, by `pg_current_xact_id()`
 */
export async function releaseLatecomers(
  { prisma }: Database,
  flowId: string,
  resumed: string,
): Promise<void> {
  for (let look = 1; look < LOOKS; look++) {
    const [row] = await prisma.$queryRawUnsafe<{ open: boolean }[]>(SEES_BEFORE, resumed);
    if (!row?.open) break;
    await sleep(LOOK_EVERY_MS);
  }
  await releaseHeld({ prisma }, flowId);
}

/** Whether anybody reads the database by what it was before a transaction. */
const SEES_BEFORE = `
select exists (
  select from pg_stat_activity a
  where a.datname = current_database() and a.pid <> pg_backend_pid()
    and greatest(age(a.backend_xid), age(a.backend_xmin)) >= age(($1::text::bigint % 4294967296)::text::xid)
) as open`;

/**
 * Releases what is held of flows that are not paused: whoever resumed one died before the last look.
 *
 * @returns how many executions were released
 */
export async function releaseStranded({ prisma }: Pick<Database, "prisma">): Promise<number> {
  const flows = await prisma.$queryRawUnsafe<{ flow_id: string }[]>(STRANDED);
  let released = 0;
  for (const { flow_id: flowId } of flows) released += await releaseHeld({ prisma }, flowId);
  return released;
}

/** A look for each flow: a paused one may keep hundreds of thousands, which need not be read. */
const STRANDED = `
select f.id as flow_id from flows f
where f.paused_at is null and (select true from executions e where e.flow_id = f.id and e.held limit 1)`;

function releaseHeld({ prisma }: Pick<Database, "prisma">, flowId: string): Promise<number> {
  return prisma.$transaction(
    async (tx) => {
      const [held] = await tx.$queryRaw<{ id: string }[]>`
        select id from executions where flow_id = ${flowId}::uuid and held limit 1`;
      if (!held) return 0;
      await tx.$queryRaw`select 1 from flows where id = ${flowId}::uuid for update`;
      return release(tx, flowId);
    },
    { timeout: RELEASE_WITHIN_MS },
  );
}
