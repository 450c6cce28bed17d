import type { Pool } from "pg";
import { VALUES_GONE } from "../executor/kept-values.ts";

/** Whoever ended it has had this long to look at what went wrong. */
const AFTER_MINUTES = 10;
/** A plan was asked for to be looked at. Its event stays as long (forget-events.ts). */
const PLAN_AFTER_HOURS = 24;

/**
 * Takes the values of executions whose flow does not keep them and that did not lose them in the statement that ended
 * them: cancelled by a person while they waited, given up because each worker died of them, ended by a defect, and plans.
 *
 * Found by their end, however long ago they came: a flow may wait for a week. Those that lost them leave the index, so what
 * is read is what is left to do.
 *
 * @returns how many executions lost their values
 */
export async function blankLeftovers(pool: Pick<Pool, "query">, limit: number): Promise<number> {
  const { rows } = await pool.query<{ blanked: number }>({
    name: "blank-leftovers",
    text: BLANK,
    values: [AFTER_MINUTES, PLAN_AFTER_HOURS, limit],
  });
  return rows[0]?.blanked ?? 0;
}

/** How executions end whose values go: `forgets` of executor/kept-values.ts. */
const forgotten = (keep: string) =>
  `unnest(case ${keep} when 'never' then '{succeeded,failed,cancelled}' else '{succeeded,cancelled}' end::text[])`;
/** As the index `executions_left_over` says it. */
const DUE = `e.blanked is null
    and (e.mode = 'plan' or (e.status in ('failed', 'cancelled') and e.mode in ('live', 'replay')))
    and e.finished_at < now() - case e.mode when 'plan' then make_interval(hours => $2::int)
      else make_interval(mins => $1::int) end`;
const KEEPS_LESS = "document #>> '{settings,keep}' in ('never', 'on-failure')";

/** With a limit of its own the inner select stays one look into the index for each version and ending. */
const BLANK = `
with found as materialized (
  select e.id from flow_versions v
  cross join lateral ${forgotten("v.document #>> '{settings,keep}'")} as ending
  cross join lateral (
    select e.id from executions e where e.version_id = v.id and e.status = ending and ${DUE} limit $3::int
  ) e
  where v.${KEEPS_LESS}
  union all
  select e.id from executions e
  where e.version_id is null and e.${KEEPS_LESS} and ${DUE}
    and e.status in (select ${forgotten("e.document #>> '{settings,keep}'")})
  limit $3::int
), left_over as materialized (
  select e.id from executions e join found on found.id = e.id
  where ${DUE}
  for update of e skip locked
), marked as (
  update executions e set blanked = 'not-kept', subject = '', result = null, error = e.error - 'data'
  from left_over l where e.id = l.id
), gone as (
  update steps s set ${VALUES_GONE} from left_over l where s.execution_id = l.id
)
select count(*)::int as blanked from left_over`;
