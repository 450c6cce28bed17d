import type { Pool } from "pg";
import { DEFAULT_KEEP_DAYS } from "#lib/flow/settings.ts";

/** A flow and how long its executions are kept after their end. */
export interface Keeping {
  flowId: string;
  days: number;
}

/**
 * How long each flow keeps its executions: as its live version says, else its newest one, else its draft. Deleted flows
 * are among them: their history goes too.
 */
export async function keepingOfFlows(pool: Pool): Promise<Keeping[]> {
  const { rows } = await pool.query<{ id: string; days: number | null }>(KEEPING);
  return rows.map(({ id, days }) => ({ flowId: id, days: days ?? DEFAULT_KEEP_DAYS }));
}

const KEEPING = `
select f.id, (coalesce(
  (select v.document from flow_versions v where v.id = f.live_version_id),
  (select v.document from flow_versions v where v.flow_id = f.id order by v.number desc limit 1),
  f.draft
) #>> '{settings,keepDays}')::int as days
from flows f`;

/**
 * Deletes executions of a flow that ended more than so many days ago, with their steps, and counts them in
 * `execution_days`. Rows somebody else holds are left for the next turn, so nobody waits for this statement and it for
 * nobody. The index of the flow's list finds them: whatever ended long ago began longer ago.
 *
 * One that lost its values stays until its event is forgotten (forget-events.ts): afterwards nobody would know that it has to be.
 * One that was retried stays until its retries have gone: they are shown together, and two retries left behind would both
 * be "the" execution of their event. So do those of a run by hand that is under way, which counts them; afterwards its rows
 * say that they have gone.
 *
 * @param limit executions in one statement
 * @returns how many were deleted; fewer than `limit` means there are no more for now
 */
export async function expireExecutions(
  pool: Pool,
  { flowId, days }: Keeping,
  limit: number,
): Promise<number> {
  const { rows } = await pool.query<{ deleted: number }>({
    name: "expire-executions",
    text: EXPIRE,
    values: [flowId, days, limit],
  });
  return rows[0]?.deleted ?? 0;
}

const EXPIRE = `
with old as materialized (
  select e.id from executions e
  where e.flow_id = $1::uuid
    and e.created_at < now() - make_interval(days => $2::int)
    and e.finished_at < now() - make_interval(days => $2::int)
    and e.status in ('succeeded', 'failed', 'cancelled')
    and e.blanked is distinct from 'not-kept'
    and (e.bulk_id is null or not exists (
      select from bulk_runs b where b.id = e.bulk_id and b.status = 'running'))
    and not exists (select from executions r where r.retry_of_id = e.id)
  order by e.created_at, e.id
  limit $3::int
  for update skip locked
), gone as (
  delete from executions e using old where e.id = old.id
  returning e.flow_id, (e.finished_at at time zone 'UTC')::date as day, e.mode, e.status
), counted as (
  insert into execution_days (flow_id, day, mode, status, count)
  select flow_id, day, mode, status, count(*) from gone group by 1, 2, 3, 4
  on conflict (flow_id, day, mode, status) do update set count = execution_days.count + excluded.count
)
select count(*)::int as deleted from gone`;

/**
 * Deletes runs by hand that ended more than DEFAULT_KEEP_DAYS ago, with their rows.
 *
 * @returns how many were deleted
 */
export async function expireBulkRuns(pool: Pool, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from bulk_runs where id in (
       select id from bulk_runs
       where status <> 'running' and created_at < now() - make_interval(days => $1)
         and coalesce(finished_at, created_at) < now() - make_interval(days => $1)
       order by created_at limit $2 for update skip locked
     )`,
    [DEFAULT_KEEP_DAYS, limit],
  );
  return rowCount ?? 0;
}
