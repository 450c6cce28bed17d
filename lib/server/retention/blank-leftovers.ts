import type { Pool } from "pg";
import { VALUES_GONE } from "../executor/kept-values.ts";

/** Whoever ended it has had this long to look at what went wrong. */
const AFTER_MINUTES = 10;
/** Executions begun before that were looked at by earlier rounds. */
const WITHIN_DAYS = 2;

/**
 * Takes the values of executions that ended without their flow's word: cancelled by a person while they waited, given up
 * because each worker died of them, ended by a defect. All others lose theirs in the statement that ends them.
 *
 * @returns how many executions lost their values
 */
export async function blankLeftovers(pool: Pool, limit: number): Promise<number> {
  const { rows } = await pool.query<{ blanked: number }>({
    name: "blank-leftovers",
    text: BLANK,
    values: [AFTER_MINUTES, WITHIN_DAYS, limit],
  });
  return rows[0]?.blanked ?? 0;
}

const BLANK = `
with left_over as materialized (
  select e.id from executions e join flow_versions v on v.id = e.version_id
  where e.status in ('failed', 'cancelled') and e.mode in ('live', 'replay') and e.blanked is null
    and e.created_at > now() - make_interval(days => $2::int)
    and e.finished_at < now() - make_interval(mins => $1::int)
    and v.document #>> '{settings,keep}' = 'never'
  order by e.created_at limit $3::int
  for update of e skip locked
), marked as (
  update executions e set blanked = 'not-kept', subject = '', result = null, error = e.error - 'data'
  from left_over l where e.id = l.id
), gone as (
  update steps s set ${VALUES_GONE} from left_over l where s.execution_id = l.id
)
select count(*)::int as blanked from left_over`;
