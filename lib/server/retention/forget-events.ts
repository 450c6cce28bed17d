import type { Pool } from "pg";

/**
 * Hours an event stays after the end of an execution whose flow keeps no values. Until then it can be retried from its start
 * or replayed, and events about the same person are kept in order by it.
 */
const AFTER_HOURS = 24;

/** What is written where the event's sentence stood. */
const INSTEAD = "Not kept, as the flow's settings say.";

/**
 * Takes the events out of executions whose flow keeps no values. The event's own row loses its content too once no
 * execution needs it that keeps its values or is not over. Its uuid stays: it tells that the same event came before. So do type
 * and time.
 *
 * @returns how many executions lost their event
 */
export async function forgetEvents(pool: Pool, limit: number): Promise<number> {
  const { rows } = await pool.query<{ forgotten: number }>({
    name: "forget-events",
    text: FORGET,
    values: [AFTER_HOURS, limit, INSTEAD],
  });
  return rows[0]?.forgotten ?? 0;
}

const FORGET = `
with due as materialized (
  select e.id, e.event_id from executions e
  where e.blanked = 'not-kept' and e.finished_at < now() - make_interval(hours => $1::int)
  order by e.finished_at limit $2::int
  for update of e skip locked
), marked as (
  update executions e set blanked = 'erased', subject = '',
    trigger = case when e.trigger is null then null
      else jsonb_build_object('eventType', e.trigger->'eventType', 'erased', true) end
  from due where e.id = due.id
), events_gone as (
  update events v set about = null, payload = jsonb_build_object(
    'uuid', v.uuid, 'eventType', v.event_type, 'published', v.payload->'published', 'displayMessage', $3::text, 'erased', true)
  where v.id in (select due.event_id from due) and not exists (
    select from executions o
    where o.event_id = v.id and o.blanked is distinct from 'erased' and o.id not in (select due.id from due)
  )
)
select count(*)::int as forgotten from due`;
