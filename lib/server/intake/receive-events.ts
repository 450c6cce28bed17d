import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { perPool } from "../db/per-pool.ts";
import { storableJson, storableText } from "../db/storable-json.ts";
import { together } from "../db/together.ts";
import type { Sql } from "../db/transaction.ts";
import { pausedReasonSql } from "../flows/paused.ts";
import { jobSpecSql } from "../queue/enqueue.ts";
import { nextTurnSql, stepsAfterSql } from "../queue/fair-turns.ts";
import { traceIntake } from "../tracing/trace-intake.ts";
import { countArrival } from "./count-arrival.ts";
import type { LogEvent } from "./log-event.ts";

export interface Receipt {
  /** Events stored for the first time. */
  accepted: number;
  /** Of these, the ones that came after a later-published event about the same person or thing. */
  late: number;
  /** Events that were there already. */
  duplicates: number;
  /** Executions started. */
  executions: number;
}

export interface Arrival {
  /** Id of the connection the events came through. */
  connectionId: string;
  /** "recovery": read from the System Log because the hook missed it. */
  source: "hook" | "log" | "recovery";
  /** Envelope of a hook's delivery; kept in each event, for event cards read it. */
  envelope?: { eventId?: string; eventTime?: string; source?: string; headers?: Record<string, string> };
  /**
   * How many milliseconds Okta's clock is ahead of ours, where events are read from the System Log: they start only flows
   * that listened already when they happened. A hook delivers what happens, so its events start every flow that listens.
   */
  clockAheadMs?: number;
  events: readonly LogEvent[];
}

/**
 * Takes events in: the delivery, the events not seen before, an execution for every flow that listens and the queue
 * entries, all in one statement and so in one transaction. When it returns they are durable; when it throws there is
 * nothing. The same events may come any number of times, at once and regrouped: each starts a flow once.
 *
 * @param sql the pool, or the connection of a transaction that must not commit without the events (a log cursor)
 * @throws PostgreSQL's error when the database can't be reached
 */
export async function receiveEvents(sql: Sql, arrival: Arrival): Promise<Receipt> {
  return received(arrival, async (delivery) => {
    const [receipt] = await store(sql, [delivery]);
    if (!receipt) throw new Error("A delivery was neither stored nor refused.");
    return receipt;
  });
}

/** The same for deliveries that come one beside the other: those that come at the same time share the statement. */
export async function receiveTogether(pool: Pool, arrival: Arrival): Promise<Receipt> {
  return received(arrival, stores(pool));
}

interface Delivery extends Arrival {
  id: string;
}

const stores = perPool((pool) => together((deliveries: Delivery[]) => store(pool, deliveries)));

async function received(arrival: Arrival, take: (delivery: Delivery) => Promise<Receipt>): Promise<Receipt> {
  const id = randomUUID();
  const receipt = await traceIntake(id, arrival.source, () => take({ ...arrival, id }));
  countArrival(arrival.source, receipt);
  return receipt;
}

async function store(sql: Sql, deliveries: readonly Delivery[]): Promise<Receipt[]> {
  const { rows } = await sql.query<Omit<Receipt, "duplicates"> & { id: string }>({
    name: "receive-events",
    text: RECEIVE,
    values: [JSON.stringify(deliveries.map(rowOfDelivery)), storableJson(deliveries.flatMap(rowsOfEvents))],
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  return deliveries.map(({ id, events }) => {
    const { accepted = 0, late = 0, executions = 0 } = found.get(id) ?? {};
    return { accepted, late, duplicates: events.length - accepted, executions };
  });
}

function rowOfDelivery({ id, connectionId, source, envelope, clockAheadMs, events }: Delivery) {
  return {
    id,
    connection_id: connectionId,
    source,
    envelope_id: envelope?.eventId === undefined ? null : storableText(envelope.eventId).slice(0, 200),
    ahead_ms: source === "hook" ? null : (clockAheadMs ?? 0),
    event_count: events.length,
    // All are written in UTC, where the order of texts is that of times.
    newest_published:
      events.reduce((newest, { published }) => (published > newest ? published : newest), "") || null,
  };
}

function rowsOfEvents({ id, events, envelope }: Delivery) {
  return events.map(({ uuid, eventType, published, subject, about, payload }) => ({
    delivery_id: id,
    uuid,
    event_type: eventType,
    published,
    subject,
    about,
    payload: envelope ? { ...payload, envelope } : payload,
  }));
}

/**
 * The delivery rows come last because they count the events that were new; foreign keys are checked when the whole
 * statement is done. Events are inserted in the order of their uuids: two statements with the same events in different
 * orders would otherwise wait for each other. Of two deliveries with the same event the first brought it.
 *
 * Late is what finds a later-published event about the same person or thing stored already. Those of the same statement
 * are not stored yet when that is asked, and need not be: their executions are queued in the order of publication, those
 * of one millisecond in that in which Okta sent them.
 *
 * Each execution is given the last turn its flow gets by this statement: whichever of them is found as the flow's newest
 * says where the next one goes on (fair-turns.ts).
 */
const RECEIVE = `
with given as materialized (
  select * from json_to_recordset($1::json) as g(
    id uuid, connection_id uuid, source text, envelope_id text, ahead_ms float8, event_count int,
    newest_published timestamptz
  )
), incoming as materialized (
  select distinct on (g.connection_id, e.uuid) g.connection_id, g.source, g.ahead_ms, e.*
  from rows from (jsonb_to_recordset($2::jsonb) as (
    delivery_id uuid, uuid text, event_type text, published timestamptz, subject text, about text, payload jsonb
  )) with ordinality as e(delivery_id, uuid, event_type, published, subject, about, payload, position)
  join given g on g.id = e.delivery_id
  order by g.connection_id, e.uuid, e.position
), stored as (
  insert into events (connection_id, uuid, event_type, published, delivery_id, about, recovered, late, payload)
  select i.connection_id, i.uuid, i.event_type, i.published, i.delivery_id, i.about, i.source = 'recovery',
         exists (select from events n where n.connection_id = i.connection_id and n.about = i.about and n.published > i.published),
         i.payload
  from incoming i order by i.connection_id, i.uuid
  on conflict (connection_id, uuid) do nothing
  returning id, delivery_id, connection_id, uuid, event_type, late
), tally as (
  select g.id, count(s.id)::int as accepted, count(s.id) filter (where s.late)::int as late
  from given g left join stored s on s.delivery_id = g.id group by g.id
), delivered as (
  insert into deliveries (id, connection_id, source, envelope_id, event_count, duplicate_count, late_count, newest_published)
  select g.id, g.connection_id, g.source, g.envelope_id, g.event_count, g.event_count - t.accepted, t.late, g.newest_published
  from given g join tally t on t.id = g.id
), starting as (
  select flowdeck_uuidv7() as id, s.id as event_id, s.delivery_id, f.id as flow_id, f.live_version_id, i.subject, l.severity,
         f.paused_at is not null as held, f.paused_kind, i.published, i.position, ${nextTurnSql("f")} as turn,
         row_number() over (partition by f.id order by i.published, i.position) - 1 as step,
         count(*) over (partition by f.id) - 1 as last_step
  from stored s
  join incoming i on i.connection_id = s.connection_id and i.uuid = s.uuid
  join flow_listeners l on l.connection_id = i.connection_id and l.event_type = s.event_type
    and (i.ahead_ms is null or l.since + i.ahead_ms * interval '1 millisecond' <= i.published)
  join flows f on f.id = l.flow_id and f."on" and f.live_version_id is not null and f.deleted_at is null
), started as (
  insert into executions (id, flow_id, version_id, mode, event_id, subject, severity, status, held, reason, turn)
  select id, flow_id, live_version_id, 'live', event_id, subject, severity,
         case when held then 'waiting' else 'queued' end, held, case when held then ${pausedReasonSql("paused_kind")} end,
         ${stepsAfterSql("turn", "last_step")}
  from starting order by published, position
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("s.id", stepsAfterSql("s.turn", "s.step"), "'event'")} order by s.published, s.position) as specs
     from starting s where not s.held having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select t.id, t.accepted, t.late, (select count(*)::int from starting x where x.delivery_id = t.id) as executions,
  (select * from queued)
from tally t`;
