import type { Pool } from "pg";
import type { StepView } from "#lib/api/executions.ts";
import type { Step } from "#lib/engine/execution.ts";
import { LOSSLESS_TYPES } from "../db/lossless-types.ts";
import { STEP_COLUMNS, type StepRow, stepFromRow } from "../executor/step-row.ts";

/** A step as people are shown it. */
export type ShownStep = Step & Pick<StepView, "leftOut">;

/** Bytes of JSON. Of an execution with 549 MB no answer could be made, and trying took 13 s and 1.3 GB of memory. */
const MOST_SHOWN = 32_000_000;

/**
 * The steps of an execution, in the order of their first writing, as much of them as an answer should hold: where the values
 * of all together are more, the largest are left out, and the step says so.
 *
 * @param most bytes of inputs, outputs and calls together
 */
export async function shownSteps(pool: Pool, executionId: string, most = MOST_SHOWN): Promise<ShownStep[]> {
  const { rows } = await pool.query<StepRow & { left_out: StepView["leftOut"] | null }>({
    text: SHOWN,
    values: [executionId, most],
    types: LOSSLESS_TYPES,
  });
  return rows.map((row) => ({ ...stepFromRow(row), ...(row.left_out ? { leftOut: row.left_out } : {}) }));
}

const PARTS = ["inputs", "outputs", "exchanges"];
const columns = STEP_COLUMNS.split(", ").map((column) =>
  PARTS.includes(column)
    ? `case when not l.parts ? '${column}' or l.parts is null then s.${column} end as ${column}`
    : `s.${column}`,
);

const SHOWN = `
with sizes as (
  select s.path, s.attempt, v.part, octet_length(v.value::text) as size
  from steps s cross join lateral (values ${PARTS.map((part) => `('${part}', s.${part})`).join(", ")}) v(part, value)
  where s.execution_id = $1 and v.value is not null
), summed as (
  select *, sum(size) over (order by size, path, attempt, part) as with_smaller from sizes
), left_out as (
  select path, attempt, jsonb_object_agg(part, size) as parts from summed where with_smaller > $2 group by path, attempt
)
select ${columns.join(", ")}, l.parts as left_out
from steps s left join left_out l on l.path = s.path and l.attempt = s.attempt
where s.execution_id = $1 order by s.sequence`;
