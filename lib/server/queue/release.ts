import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { keptBackSql } from "../flows/paused.ts";
import { cancelKept } from "./cancel-kept.ts";
import { jobSpecSql, PRIORITY } from "./enqueue.ts";
import { frontSql, nextReleaseSql, stepsAfterSql } from "./fair-turns.ts";

/** Executions a transaction releases. It takes a second; a flow may keep millions, and be paused again in the middle. */
const PORTION = 10_000;
/** A portion sorts all that is left: of a million that takes some seconds on a slow disk. */
export const RELEASE_WITHIN_MS = 60_000;
/** Behind all that waits for a worker, before what is run by hand: where entries stand until their portion comes. */
const PARKED = 5;
const LOOK_EVERY_MS = 20;
/** Then somebody else's long transaction hides whether an intake is under way; what it leaves the next round finds. */
const LOOKS = 50;

/**
 * Begins to put what a flow kept back into the queue, in the order in which the events were published, together with those of
 * its executions that wait there since before the pause. They get turns from the front of the queue on, as if the flow had
 * had them all the time: other flows' events have theirs in between, and the flow's own that come from now on go after. Turns
 * are kept for all of them, and the first portion gets its; `releaseLatecomers` and each round of the sweep go on there.
 * The caller holds the flow's row.
 *
 * @param portion executions released at once; anything but the default is for tests
 * @returns how many were kept back
 */
export async function release(
  tx: Prisma.TransactionClient,
  flowId: string,
  portion = PORTION,
): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<Released[]>(BEGIN, flowId, portion);
  return row?.held ?? 0;
}

interface Released {
  /** Were kept back. */
  held: number;
  released: number;
  /** Are left for the next portion. */
  rest: number;
}

/**
 * $1 flow, $2 how many at most. Held executions and standing entries are one line; the first of it get their turns, and
 * entries behind those are parked, where no portion meets them as something that has its turn already. Each execution is looked
 * up by itself: what is held is nothing the statistics need to know of yet, and of a loop of all by all there is no end.
 *
 * @param standing SQL condition on an entry `j` that is to be put in order with what is held
 * @param from SQL expression of the first turn; `f` is the flow
 */
const releaseSql = (standing: string, from: string) => `
with held as materialized (
  select e.id, e.event_id, e.created_at from executions e join flows f on f.id = e.flow_id
  where e.flow_id = $1::uuid and e.held and not ${keptBackSql("f", "e.mode")}
), standing as materialized (
  select j.id as job, e.id, e.event_id, e.created_at
  from executions e join graphile_worker._private_jobs j on j.key = 'execution:' || e.id
  where e.flow_id = $1::uuid and e.status = 'queued' and e.mode = 'live'
    and j.is_available and j.job_queue_id is null and ${standing}
  for update of j skip locked
), front as materialized (select ${from} as turn from flows f where f.id = $1::uuid),
line as materialized (
  select o.id, o.job, row_number() over (order by coalesce(v.published, o.created_at), o.id) as place, count(*) over () as length
  from (
    select id, null as job, event_id, created_at from held
    union all select id, job, event_id, created_at from standing
  ) o left join events v on v.id = o.event_id
), turns as materialized (
  select l.id, l.job, ${stepsAfterSql("front.turn", "l.place - 1")} as turn from line l cross join front where l.place <= $2::int
), released as (
  update executions e set status = 'queued', held = false, reason = null, crashes = 0,
    version_id = case when e.fence = 0 and e.version_id is not null and e.retry_of_id is null
      then f.live_version_id else e.version_id end
  from (select t.id, t.turn from turns t where t.job is null order by t.id) t
    cross join lateral (select x.id from executions x where x.id = t.id and x.held for update) x, flows f
  where e.id = x.id and f.id = e.flow_id
  returning e.id, e.mode, t.turn
), moved as (
  update graphile_worker._private_jobs j set priority = ${PRIORITY.event}, run_at = t.turn from turns t where j.id = t.job
), parked as (
  update graphile_worker._private_jobs j set priority = ${PARKED} from line l
  where j.id = l.job and l.place > $2::int and j.priority <> ${PARKED}
), kept as (
  update flows f set
    released_turn = case when rest.length > 0
      then greatest(f.released_turn, ${stepsAfterSql("front.turn", "rest.length - 1")}) else f.released_turn end,
    release_turn = case when rest.length > $2::int then ${stepsAfterSql("front.turn", "$2::int")} end
  from front, (select max(length) as length from line) rest where f.id = $1::uuid
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("r.id", "case r.mode when 'live' then r.turn else now() end", "case r.mode when 'live' then 'event' else r.mode end")} order by r.turn) as specs
     from released r having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select (select count(*)::int from held) as held, (select count(*)::int from released) as released,
  (select greatest(0, coalesce(max(length), 0) - $2::int)::int from line) as rest, (select * from queued) as queued`;

const IN_THE_QUEUE = `j.priority in (${PRIORITY.event}, ${PRIORITY.live}, ${PARKED})`;
const BEGIN = releaseSql(`${IN_THE_QUEUE} and exists (select from held)`, frontSql());
/** Where the last portion ended; or else behind all that was released, for what came at the moment of a resume. */
const GO_ON = releaseSql(`j.priority = ${PARKED}`, nextReleaseSql("f"));

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
 * Goes on with what is held of flows that are not paused any more: whoever resumed one died in the middle, or whoever deleted
 * it. A portion of each, for other things wait for the sweep's round to end.
 *
 * @param portion as for `release`
 * @returns how many executions were released
 */
export async function releaseStranded(
  database: Pick<Database, "prisma">,
  portion = PORTION,
): Promise<number> {
  const flows = await database.prisma.$queryRawUnsafe<{ id: string; deleted: boolean }[]>(STRANDED);
  let count = 0;
  for (const { id, deleted } of flows) {
    if (deleted) await cancelKept(database, id, portion);
    else count += (await releasePortion(database, id, portion)).released;
  }
  return count;
}

/** Of a flow `f`: a look at one, for it may be hundreds of thousands. */
const LEFT = `(f.release_turn is not null or (select true from executions e where e.flow_id = f.id and e.held limit 1))`;
const STRANDED = `
select f.id, f.deleted_at is not null as deleted from flows f
where (f.paused_at is null or f.deleted_at is not null) and ${LEFT}`;
const LOCK = `
select f.id from flows f
where f.id = $1::uuid and f.paused_at is null and f.deleted_at is null and ${LEFT} for no key update of f`;

/** Each portion lets the flow's row go: a pause in the middle holds for the rest. */
async function releaseHeld(database: Pick<Database, "prisma">, flowId: string): Promise<void> {
  while ((await releasePortion(database, flowId, PORTION)).rest > 0);
}

function releasePortion(
  { prisma }: Pick<Database, "prisma">,
  flowId: string,
  portion: number,
): Promise<Released> {
  return prisma.$transaction(
    async (tx) => {
      const none = { held: 0, released: 0, rest: 0 };
      const [flow] = await tx.$queryRawUnsafe<{ id: string }[]>(LOCK, flowId);
      if (!flow) return none;
      const [row] = await tx.$queryRawUnsafe<Released[]>(GO_ON, flowId, portion);
      return row ?? none;
    },
    { timeout: RELEASE_WITHIN_MS },
  );
}
