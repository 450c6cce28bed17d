import type { Pool } from "pg";

/** What is written where a row named somebody. */
const INSTEAD = "Not kept any more.";

/**
 * Takes the names out of rows of runs that retry executions or replay events, where the execution a row started has gone or
 * lost its event, and where what was to be started has: a row keeps a name no longer than that which it was taken from.
 * Run after run, so that nothing waits long.
 *
 * @param breathe what to do between two runs; false ends it
 * @returns how many rows lost the name
 */
export async function forgetLabels(pool: Pool, breathe?: () => Promise<boolean>): Promise<number> {
  const { rows: runs } = await pool.query<{ id: string }>(
    "select id from bulk_runs where kind in ('retry', 'replay') order by id",
  );
  let labels = 0;
  for (const { id } of runs) {
    labels +=
      (await pool.query({ name: "forget-labels", text: FORGET, values: [id, INSTEAD] })).rowCount ?? 0;
    if (breathe && !(await breathe())) break;
  }
  return labels;
}

/** Rows whose turn is still to come are named by what they wait to start. */
const FORGET = `
update bulk_rows r set label = $2
where r.bulk_id = $1::uuid and r.label <> $2 and (r.execution_id is not null or r.problem is not null)
  and not exists (
    select from executions e
    where e.id = coalesce(r.execution_id, (r.inputs->>'execution')::uuid) and e.blanked is distinct from 'erased'
  ) and (r.execution_id is not null or not exists (
    select from events v where v.id = (r.inputs->>'event')::uuid and not v.payload ? 'erased'
  ))`;
