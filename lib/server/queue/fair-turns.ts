import type { Pool } from "pg";
import { PRIORITY } from "./enqueue.ts";

/**
 * Fair turns between flows: start-time fair queuing. The queue takes what is due longest; an event's entry is given the
 * instant at which it would have been due had the flows been served in turn. The next entry of the same flow comes a step
 * later, that of another flow no earlier than the first in the queue: so a flow's single event is due before all but the
 * first of another one's fifty thousand. Steps are microseconds, so that turns never come near the present, before which
 * nothing is taken. (Goyal, Vin, Cheng: Start-time Fair Queuing, 1996.)
 */
const STEP = "interval '1 microsecond'";
/** With nothing waiting, turns begin this long ago: room for the steps of a burst before they reach the present. */
const BEHIND = "interval '1 second'";

/** Those that were there already are dealt in a portion of a flow at a time: in between the others have their turns. */
const PORTION = 100;
const LOOK_AT = 1000;

/** The turn that comes next: a look at the end of an index, once per statement. */
const FRONT = `(select j.run_at from graphile_worker._private_jobs j
  where j.is_available and j.priority = ${PRIORITY.event} order by j.run_at limit 1)`;

/** SQL expression of the turn of a flow that had none so far. */
export const frontSql = () => `coalesce(${FRONT}, now() - ${BEHIND})`;

/**
 * SQL expression of the turn a flow's next event gets: after its newest one's, and after what was released when it was
 * resumed. Takes no lock: of events of one flow taken in at the same moment
 * some share a turn, which no other flow notices.
 *
 * @param flow SQL name of the flow's row
 */
export const nextTurnSql = (flow: string) => `greatest(
  ${frontSql()}, ${flow}.released_turn + ${STEP},
  (select x.turn from executions x where x.flow_id = ${flow}.id order by x.created_at desc, x.id desc limit 1) + ${STEP}
)`;

/** SQL expression of the turn at which the release of what a flow kept back goes on. */
export const nextReleaseSql = (flow: string) =>
  `greatest(${frontSql()}, coalesce(${flow}.release_turn, ${flow}.released_turn + ${STEP}))`;

/** SQL expression of the turn so many steps after another. What is due later than now would not be taken. */
export const stepsAfterSql = (turn: string, steps: string) => `least(now(), ${turn} + (${steps}) * ${STEP})`;

/**
 * Gives what comes back to the queue a turn among the events: ends of waits, executions let in, resumed or retried. They
 * stand in the queue by the time they are due, behind all events; while no event waits they are taken as they are. During a
 * backlog of an hour they would be taken an hour late.
 *
 * @returns how many were given a turn
 */
export async function dealIn(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query({ name: "deal-in", text: DEAL_IN });
  return rowCount ?? 0;
}

const DEAL_IN = `
with front as (select run_at from ${FRONT} f where f.run_at is not null),
due as (
  select j.id, row_number() over (partition by e.flow_id order by j.run_at, j.id) as position
  from (
    select id, key, run_at from graphile_worker._private_jobs
    where is_available and priority = ${PRIORITY.live} and run_at <= now() and job_queue_id is null and key is not null
      and exists (select from front)
    order by run_at limit ${LOOK_AT} for update skip locked
  ) j
  join executions e on e.id = substr(j.key, length('execution:') + 1)::uuid
)
update graphile_worker._private_jobs j
set priority = ${PRIORITY.event}, run_at = ${stepsAfterSql("front.run_at", "due.position - 1")}
from due, front where j.id = due.id and due.position <= ${PORTION}`;
