import type { Pool } from "pg";
import type { Ending, Step } from "#lib/engine/execution.ts";
import { losslessJson } from "../db/storable-json.ts";
import { endingValues } from "./ending-values.ts";
import { rowOfStep } from "./step-row.ts";

/** What one execution makes durable, as the statement takes it. */
export interface StepRecord {
  executionId: string;
  /** JSON of the execution: id, fence, and how it ends where it does. */
  execution: string;
  /** JSON of its steps, with commas between them. */
  steps: string;
}

/**
 * Made by each execution for itself, before its statement is shared: were its steps too long for a text, all that share it
 * would fail.
 *
 * @throws RangeError where they are
 */
export function stepRecord(
  executionId: string,
  fence: number,
  steps: readonly Step[],
  ending: Ending | undefined,
): StepRecord {
  const rows = steps.map((step) => ({ execution_id: executionId, ...rowOfStep(step) }));
  const execution = JSON.stringify({ id: executionId, fence, ...(ending && rowOfEnding(ending)) });
  return { executionId, execution, steps: losslessJson(rows).slice(1, -1) };
}

/** Error and result as text within: as JSON they could hold what only `losslessJson` carries through. */
function rowOfEnding(ending: Ending) {
  const [status, reason, , error, result, ran] = endingValues(ending);
  return { status, reason, error, result, ran };
}

/**
 * Records what several executions have to tell in one statement: locks their rows, leaves out those whose fence moved on,
 * writes the steps and the endings of the others.
 *
 * @param records at most one of each execution; no ending that waits
 * @returns for each whether its claim still held
 */
export async function recordSteps(pool: Pool, records: readonly StepRecord[]): Promise<boolean[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: "record-steps",
    text: RECORD,
    values: [
      list(sortedById(records).map(({ execution }) => execution)),
      list(records.flatMap(({ steps }) => (steps === "" ? [] : [steps]))),
    ],
  });
  const held = new Set(rows.map(({ id }) => id));
  return records.map(({ executionId }) => held.has(executionId));
}

function list(parts: readonly string[]): string {
  return `[${parts.join(",")}]`;
}

function sortedById(records: readonly StepRecord[]): StepRecord[] {
  return records.toSorted((a, b) => (a.executionId < b.executionId ? -1 : 1));
}

/** Steps as a parameter holds them, in their order. */
const stepRows = (parameter: string, more = "") => `rows from (
  jsonb_to_recordset(${parameter}::jsonb) as (${more}
    path text, attempt int, status text, exit text, inputs jsonb, outputs jsonb, error jsonb, exchanges jsonb,
    because text, settled text, started_at timestamptz, finished_at timestamptz
  )
) with ordinality as s(${more === "" ? "" : "execution_id, "}
  path, attempt, status, exit, inputs, outputs, error, exchanges, because, settled, started_at, finished_at, position
)`;

export const STEP_ROWS = stepRows("$3");

/** A row that is there already (an intent whose outcome is known now) becomes the new one and keeps its place. */
export const STEP_AGAIN = `on conflict (execution_id, path, attempt) do update set
  status = excluded.status, exit = excluded.exit, inputs = excluded.inputs, outputs = excluded.outputs,
  error = excluded.error, exchanges = excluded.exchanges, because = excluded.because, settled = excluded.settled,
  started_at = excluded.started_at, finished_at = excluded.finished_at`;

/**
 * The locks order us with claims running at the same moment: either they see our rows, or we see their fence. In the
 * order of the ids, as everybody does who locks several: `given` comes sorted.
 *
 * Each row is looked up by itself (the lateral query; `any`, which can't be hashed). As plain joins PostgreSQL would read
 * all of a table it believes to be small, and it believes that of a new one until its first analyze: among 5,000
 * executions a fifth of its time went there.
 */
const RECORD = `
with given as materialized (
  select * from json_to_recordset($1::json)
    as g(id uuid, fence int, status text, reason text, error text, result text, ran boolean)
), held as materialized (
  select e.id from given g
  cross join lateral (select e.id from executions e where e.id = g.id and e.fence = g.fence for update) e
), written as (
  insert into steps (
    execution_id, path, attempt, status, exit, inputs, outputs, error, exchanges, because, settled,
    started_at, finished_at
  )
  select held.id, s.path, s.attempt, s.status, s.exit, s.inputs, s.outputs, s.error, s.exchanges, s.because, s.settled,
         s.started_at, s.finished_at
  from ${stepRows("$2", "execution_id uuid, ")} join held on held.id = s.execution_id
  order by s.position
  ${STEP_AGAIN}
), ended as (
  update executions e set
    status = g.status, reason = g.reason, waiting_until = null, error = g.error::jsonb, result = g.result::jsonb,
    ran = g.ran, finished_at = case when g.status in ('succeeded', 'failed', 'cancelled') then now() end
  from held join given g on g.id = held.id where e.id = any(array[held.id]) and g.status is not null
)
select id from held`;
