import type { Pool } from "pg";
import { matches, type PersonMatch } from "./person-match.ts";

/** The tables beside executions and events in which a person may appear. Each keeps its rows. */
const ELSEWHERE: readonly string[] = [
  // Rows of a run that is under way are still to be started with what they hold.
  `update bulk_rows r set label = $1, inputs = '{}', problem = case when r.problem is null then null else $1 end
   from bulk_runs b
   where b.id = r.bulk_id and b.status <> 'running'
     and ${matches("concat_ws(' ', r.label, r.inputs::text, r.problem)")}`,
  `update alarms a set message = $1 where ${matches("a.message")}`,
  `update audit_entries a set detail = jsonb_build_object('erased', $1::text) where ${matches("a.detail::text")}`,
  // Counted on under a name nobody knows, so that the number stays and the person goes.
  `update event_counts c set key = k.instead
   from (select d.key, 'erased ' || gen_random_uuid() as instead
         from (select distinct c.key from event_counts c where ${matches("c.key")}) d) k
   where c.key = k.key and $1::text is not null`,
  `delete from flow_marks m where ${matches("concat_ws(' ', m.key, m.value::text)")} and $1::text is not null`,
  `update graphile_worker._private_jobs j set last_error = $1 where ${matches("j.last_error")}`,
];

const INSTEAD = "Erased with a person's data.";

/** @returns how many rows lost what they held of the person */
export async function eraseElsewhere(pool: Pool, { patterns, expression }: PersonMatch): Promise<number> {
  let rows = 0;
  for (const statement of ELSEWHERE) {
    rows += (await pool.query(statement, [INSTEAD, patterns, expression])).rowCount ?? 0;
  }
  return rows;
}

/** Runs by hand that are under way and hold the person, and rows of such. */
export async function bulkRunsUnderWay(pool: Pool, { patterns, expression }: PersonMatch): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select ((select count(*) from bulk_rows r join bulk_runs b on b.id = r.bulk_id and b.status = $1
       where ${matches("concat_ws(' ', r.label, r.inputs::text)")})
     + (select count(*) from bulk_runs b where b.status = $1
       and ${matches("concat_ws(' ', b.title, b.options::text)")}))::int as count`,
    ["running", patterns, expression],
  );
  return rows[0]?.count ?? 0;
}
