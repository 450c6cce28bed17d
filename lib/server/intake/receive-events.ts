import { randomUUID } from "node:crypto";
import type { JsonObject } from "#lib/flow/json.ts";
import { storableJson, storableText } from "../db/storable-json.ts";
import type { Sql } from "../db/transaction.ts";
import { PAUSED } from "../flows/paused.ts";
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
  const deliveryId = randomUUID();
  const receipt = await traceIntake(deliveryId, arrival.source, () => store(sql, arrival, deliveryId));
  countArrival(arrival.source, receipt);
  return receipt;
}

async function store(sql: Sql, arrival: Arrival, deliveryId: string): Promise<Receipt> {
  const { connectionId, source, envelope, clockAheadMs, events } = arrival;
  const { rows } = await sql.query<{ accepted: string; late: string; executions: string }>({
    name: "receive-events",
    text: RECEIVE,
    values: [
      connectionId,
      source,
      envelope?.eventId === undefined ? null : storableText(envelope.eventId).slice(0, 200),
      deliveryId,
      rowsJson(events, envelope),
      source === "hook" ? null : (clockAheadMs ?? 0),
    ],
  });
  const [row] = rows;
  const accepted = Number(row?.accepted ?? 0);
  return {
    accepted,
    late: Number(row?.late ?? 0),
    duplicates: events.length - accepted,
    executions: Number(row?.executions ?? 0),
  };
}

function rowsJson(events: readonly LogEvent[], envelope: JsonObject | undefined): string {
  return storableJson(
    events.map(({ uuid, eventType, published, subject, about, payload }) => ({
      uuid,
      event_type: eventType,
      published,
      subject,
      about,
      payload: envelope ? { ...payload, envelope } : payload,
    })),
  );
}

/**
 * The delivery row comes last because it counts the events that were new; their foreign key is checked when the whole
 * statement is done. Events are inserted in the order of their uuids: two deliveries with the same events in different
 * orders would otherwise wait for each other.
 *
 * Late is what finds a later-published event about the same person or thing stored already. Those of the same delivery
 * are not stored yet when that is asked, and need not be: their executions are queued in the order of publication.
 *
 * Each execution is given the last turn its flow gets by this statement: whichever of them is found as the flow's newest
 * says where the next one goes on (fair-turns.ts).
 */
const RECEIVE = `
with incoming as (
  select distinct on (e.uuid) e.*
  from jsonb_to_recordset($5::jsonb)
    as e(uuid text, event_type text, published timestamptz, subject text, about text, payload jsonb)
  order by e.uuid
), stored as (
  insert into events (connection_id, uuid, event_type, published, delivery_id, about, recovered, late, payload)
  select $1::uuid, i.uuid, i.event_type, i.published, $4::uuid, i.about, $2 = 'recovery',
         exists (select from events n where n.connection_id = $1::uuid and n.about = i.about and n.published > i.published),
         i.payload
  from incoming i order by i.uuid
  on conflict (connection_id, uuid) do nothing
  returning id, uuid, event_type, late
), delivered as (
  insert into deliveries (id, connection_id, source, envelope_id, event_count, duplicate_count, late_count, newest_published)
  select $4::uuid, $1::uuid, $2, $3, jsonb_array_length($5::jsonb),
         jsonb_array_length($5::jsonb) - (select count(*) from stored),
         (select count(*) from stored where late), (select max(published) from incoming)
), starting as (
  select flowdeck_uuidv7() as id, s.id as event_id, f.id as flow_id, f.live_version_id, i.subject, l.severity,
         f.paused_at is not null as held, i.published, i.uuid, ${nextTurnSql("f.id")} as turn,
         row_number() over (partition by f.id order by i.published, i.uuid) - 1 as step,
         count(*) over (partition by f.id) - 1 as last_step
  from stored s
  join incoming i using (uuid)
  join flow_listeners l on l.connection_id = $1::uuid and l.event_type = s.event_type
    and ($6::float8 is null or l.since + $6::float8 * interval '1 millisecond' <= i.published)
  join flows f on f.id = l.flow_id and f."on" and f.live_version_id is not null and f.deleted_at is null
), started as (
  insert into executions (id, flow_id, version_id, mode, event_id, subject, severity, status, held, reason, turn)
  select id, flow_id, live_version_id, 'live', event_id, subject, severity,
         case when held then 'waiting' else 'queued' end, held, case when held then '${PAUSED}' end,
         ${stepsAfterSql("turn", "last_step")}
  from starting order by published, uuid
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("s.id", stepsAfterSql("s.turn", "s.step"), "'event'")} order by s.published, s.uuid) as specs
     from starting s where not s.held having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select (select count(*) from stored) as accepted, (select count(*) from stored where late) as late,
  (select count(*) from starting) as executions, (select * from queued)`;
