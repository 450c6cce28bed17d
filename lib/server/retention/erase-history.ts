import type { Pool } from "pg";
import { blankDocument } from "./blank-document.ts";
import { matches, type PersonMatch } from "./person-match.ts";

/** What is written instead of a sentence that may name the person. */
const INSTEAD = "Erased with a person's data.";
const FIRST = "00000000-0000-0000-0000-000000000000";
/** Executions or events looked through in one statement: with five steps of 2 KB each about 100 ms. */
const BATCH = 1000;

export interface ErasedHistory {
  executions: number;
  events: number;
  /** Executions that are not over; they need what they hold. */
  underWay: number;
}

/**
 * Takes the values out of every execution in which the person appears, all of its steps with it: what was read about
 * somebody stands in steps that do not name them. Then out of the events. Batch by batch, so that nothing waits long.
 */
export async function eraseHistory(pool: Pool, match: PersonMatch): Promise<ErasedHistory> {
  const found: ErasedHistory = { executions: 0, events: 0, underWay: 0 };
  await inBatches(pool, ERASE_EXECUTIONS, match, ({ erased, left }) => {
    found.executions += erased;
    found.underWay += left;
  });
  await inBatches(pool, ERASE_EVENTS, match, ({ erased }) => {
    found.events += erased;
  });
  return found;
}

interface BatchRow {
  last: string | null;
  erased: number;
  left: number;
}

async function inBatches(
  pool: Pool,
  statement: string,
  match: PersonMatch,
  note: (row: BatchRow) => void,
): Promise<void> {
  let after: string | null = FIRST;
  while (after !== null) {
    const row = await batchAfter(pool, statement, match, after);
    note(row);
    after = row.last;
  }
}

async function batchAfter(
  pool: Pool,
  statement: string,
  { patterns, expression }: PersonMatch,
  after: string,
): Promise<BatchRow> {
  const { rows } = await pool.query<BatchRow>(statement, [after, patterns, expression, BATCH, INSTEAD]);
  return rows[0] ?? { last: null, erased: 0, left: 0 };
}

const EXECUTION_TEXT =
  "concat_ws(' ', e.subject, e.reason, e.trigger::text, e.error::text, e.result::text, e.document::text)";
const STEP_TEXT = "concat_ws(' ', s.inputs::text, s.outputs::text, s.exchanges::text, s.error::text)";

const ERASE_EXECUTIONS = `
with batch as materialized (
  select id from executions where id > $1::uuid order by id limit $4::int
), hit as materialized (
  select e.id, e.status in ('succeeded', 'failed', 'cancelled') as over
  from executions e join batch b on b.id = e.id
  where ${matches(EXECUTION_TEXT)}
    or exists (select from steps s where s.execution_id = e.id and ${matches(STEP_TEXT)})
    or exists (select from events v where v.id = e.event_id and ${matches("v.payload::text")})
  for update of e
), executions_gone as (
  update executions e set
    subject = '', result = null, blanked = 'erased',
    reason = case when e.reason is null then null else $5 end,
    trigger = case when e.trigger is null then null
      else jsonb_build_object('eventType', e.trigger->'eventType', 'erased', true) end,
    error = case when e.error is null then null else jsonb_build_object(
      'kind', e.error->'kind', 'code', e.error->'code', 'path', e.error->'path', 'message', $5::text) end,
    document = case when e.document is null then null else ${blankDocument("e.document", matches, "$5")} end
  from hit where e.id = hit.id and hit.over
  returning e.id
), steps_gone as (
  update steps s set inputs = null, outputs = null, exchanges = null,
    error = case when s.error is null then null else jsonb_build_object(
      'kind', s.error->'kind', 'code', s.error->'code', 'message', $5::text) end
  from hit where s.execution_id = hit.id and hit.over
)
select (select b.id from batch b order by b.id desc limit 1) as last,
  (select count(*)::int from executions_gone) as erased,
  (select count(*)::int from hit where not over) as "left"`;

/** The uuid stays: it tells that the event came before. So do type and time. */
const ERASE_EVENTS = `
with batch as materialized (
  select id from events where id > $1::uuid order by id limit $4::int
), gone as (
  update events v set about = null, payload = jsonb_build_object(
    'uuid', v.uuid, 'eventType', v.event_type, 'published', v.payload->'published', 'displayMessage', $5::text, 'erased', true)
  from batch b
  where v.id = b.id and (${matches("v.payload::text")} or ${matches("v.about")})
    and not exists (
      select from executions e
      where e.event_id = v.id and e.status in ('queued', 'running', 'waiting', 'attention')
    )
  returning v.id
)
select (select b.id from batch b order by b.id desc limit 1) as last, (select count(*)::int from gone) as erased, 0 as "left"`;
