import type { Pool } from "pg";
import type { Ending, Step } from "#lib/engine/execution.ts";
import { LostClaimError, type StepStore } from "#lib/engine/ports.ts";
import { LOSSLESS_TYPES } from "../db/lossless-types.ts";
import { losslessJson, storableText } from "../db/storable-json.ts";
import { together } from "../db/together.ts";
import { jobSpecSql } from "../queue/enqueue.ts";
import { CALL_FLOW } from "./call-flow.ts";
import { endingValues } from "./ending-values.ts";
import { endingWithoutValues, forgets, type Keep, VALUES_GONE, withoutValues } from "./kept-values.ts";
import { recordSteps, STEP_AGAIN, STEP_ROWS, type StepRecord, stepRecord } from "./record-steps.ts";
import { rowOfStep, STEP_COLUMNS, type StepRow, stepFromRow } from "./step-row.ts";

/** Characters: who has more to record would hold up those it shares its statement with, and keeps one of its own. */
const MOST_SHARED = 1_000_000;

/**
 * Steps on PostgreSQL. `record` is one statement and one round trip: it locks the execution's row, refuses when the
 * fence moved on, writes the steps and, with an ending, the execution. A waiting execution is put back into the queue
 * by the same statement, so there is never one that waits for nobody. What several executions record at the same time
 * shares one statement. Make one store and keep it.
 *
 * @param keep of which executions inputs, outputs and exchanges stay. Until the end they are there in any case: taking an
 *   execution over and going on after a wait need them. The statement that ends it takes them away.
 */
export function createStepStore(pool: Pool, keep: Keep = "always"): StepStore {
  const recordAll = (records: StepRecord[]) => recordSteps(pool, records);
  const recordTogether = together(recordAll, ({ executionId }) => executionId);
  const recordShared = async (record: StepRecord) =>
    record.steps.length > MOST_SHARED ? (await recordAll([record]))[0] : recordTogether(record);
  return {
    steps: async (executionId) => {
      const { rows } = await pool.query<StepRow>({
        name: "steps-of-execution",
        text: `select ${STEP_COLUMNS} from steps where execution_id = $1 order by sequence`,
        values: [executionId],
        types: LOSSLESS_TYPES,
      });
      return rows.map(stepFromRow);
    },
    sinceIntent: async (executionId, path, attempt) => {
      const { rows } = await pool.query<{ ms: number | null }>({
        name: "since-intent",
        text: `select extract(epoch from clock_timestamp() - intended_at)::float8 * 1000 as ms
          from steps where execution_id = $1 and path = $2 and attempt = $3`,
        values: [executionId, path, attempt],
      });
      return rows[0]?.ms ?? undefined;
    },
    record: async (executionId, fence, { steps, ending }) => {
      const alone = ending && statementAlone(executionId, fence, steps, ending, keep);
      const held = alone
        ? (await pool.query<{ held: string }>(alone)).rows[0]?.held === "1"
        : await recordShared(stepRecord(executionId, fence, steps, ending));
      if (!held) throw new LostClaimError(`Execution ${executionId} was taken over by another worker.`);
    },
  };
}

/** The statement of an ending that does more than write steps and execution; undefined for all others. */
function statementAlone(executionId: string, fence: number, steps: Step[], ending: Ending, keep: Keep) {
  const call = callValues(ending);
  if (forgets(keep, ending.status)) {
    const told = endingValues(endingWithoutValues(ending));
    const values = [executionId, fence, stepsJson(steps.map(withoutValues)), ...told];
    return call
      ? {
          name: "record-forgetting-calling",
          text: RECORD_FORGETTING_CALLING,
          values: [...values, ...call],
        }
      : { name: "record-forgetting", text: RECORD_FORGETTING, values };
  }
  const values = [executionId, fence, stepsJson(steps), ...endingValues(ending)];
  if (call) return { name: "record-calling", text: RECORD_CALLING, values: [...values, ...call] };
  if (ending.status !== "waiting") return undefined;
  return { name: "record-waiting", text: RECORD_WAITING, values: [...values, new Date().toISOString()] };
}

/** $10 the flow to call, $11 the title of the card that failed; see call-flow.ts. */
function callValues(ending: Ending): unknown[] | undefined {
  if (ending.status !== "failed" || !ending.call) return undefined;
  return [ending.call.flow, storableText(ending.call.card)];
}

function stepsJson(steps: readonly Step[]): string {
  return losslessJson(steps.map(rowOfStep));
}

/** The lock orders us with a claim running at the same moment: either it sees our rows, or we see its fence. */
const HELD = `held as (
  select id, mode, cancel_requested from executions where id = $1::uuid and fence = $2::int for update
)`;

const WRITE_STEPS = `written as (
  insert into steps (
    execution_id, path, attempt, status, exit, inputs, outputs, error, exchanges, because, settled,
    started_at, finished_at
  )
  select held.id, s.path, s.attempt, s.status, s.exit, s.inputs, s.outputs, s.error, s.exchanges, s.because, s.settled,
         s.started_at, s.finished_at
  from held cross join ${STEP_ROWS}
  order by s.position
  ${STEP_AGAIN}
)`;

const writeEnding = (more = "", until = "$6::timestamptz") => `ended as (
  update executions e set${more}
    status = $4, reason = $5, waiting_until = ${until}, error = $7::jsonb, result = $8::jsonb, ran = $9::boolean,
    finished_at = case when $4 in ('succeeded', 'failed', 'cancelled') then now() end
  from held where e.id = held.id
)`;

const RECORD_CALLING = `with ${HELD}, ${WRITE_STEPS}, ${writeEnding()}, ${CALL_FLOW}
select (select count(*) from held) as held, (select * from call_queued)`;
/** Rows of the batch are written without values; one statement can't change the same row twice. */
const FORGET = `${HELD}, ${WRITE_STEPS}, ${writeEnding(" blanked = 'not-kept', subject = '',")}, forgotten as (
  update steps s set ${VALUES_GONE} from held
  where s.execution_id = held.id and not exists (
    select from jsonb_to_recordset($3::jsonb) as b(path text, attempt int) where b.path = s.path and b.attempt = s.attempt
  )
)`;
const RECORD_FORGETTING = `with ${FORGET} select count(*) as held from held`;
const RECORD_FORGETTING_CALLING = `with ${FORGET}, ${CALL_FLOW}
select (select count(*) from held) as held, (select * from call_queued)`;
/**
 * The end of a wait is an instant of the worker's clock ($10 is its now), the queue goes by the database's. Where the two
 * are seconds apart it is moved by the difference: a worker ten minutes behind asked Okta again at once, one ten minutes
 * ahead waited ten minutes too long. Less is the time the statement took to get here.
 */
const UNTIL = `$6::timestamptz + case
  when now() - $10::timestamptz between interval '-5 seconds' and interval '5 seconds' then interval '0'
  else now() - $10::timestamptz end`;
/** Nobody who asked to cancel should wait for Okta's rate limit to see it happen. */
const RUN_AT = `case when held.cancel_requested then now() else ${UNTIL} end`;

const RECORD_WAITING = `with ${HELD}, ${WRITE_STEPS}, ${writeEnding("", UNTIL)},
queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("held.id", RUN_AT, "held.mode")}) as specs from held having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select (select count(*) from held) as held, (select * from queued)`;
