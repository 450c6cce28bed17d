import { randomUUID } from "node:crypto";
import type { JsonObject } from "#lib/flow/json.ts";
import { storableJson, storableText } from "../db/storable-json.ts";
import type { Sql } from "../db/transaction.ts";
import { jobSpecSql } from "../queue/enqueue.ts";
import type { LogEvent } from "./log-event.ts";

export interface Receipt {
  /** Events stored for the first time. */
  accepted: number;
  /** Events that were there already. */
  duplicates: number;
  /** Executions started. */
  executions: number;
}

export interface Arrival {
  /** Id of the connection the events came through. */
  connectionId: string;
  source: "hook" | "log";
  /** Envelope of a hook's delivery; kept in each event, for event cards read it. */
  envelope?: { eventId?: string; eventTime?: string; source?: string };
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
  const { connectionId, source, envelope, events } = arrival;
  const { rows } = await sql.query<{ accepted: string; executions: string }>({
    name: "receive-events",
    text: RECEIVE,
    values: [
      connectionId,
      source,
      envelope?.eventId === undefined ? null : storableText(envelope.eventId).slice(0, 200),
      randomUUID(),
      rowsJson(events, envelope),
    ],
  });
  const accepted = Number(rows[0]?.accepted ?? 0);
  return { accepted, duplicates: events.length - accepted, executions: Number(rows[0]?.executions ?? 0) };
}

function rowsJson(events: readonly LogEvent[], envelope: JsonObject | undefined): string {
  return storableJson(
    events.map(({ uuid, eventType, published, subject, payload }) => ({
      uuid,
      event_type: eventType,
      published,
      subject,
      payload: envelope ? { ...payload, envelope } : payload,
    })),
  );
}

/**
 * The delivery row comes last because it counts the events that were new; their foreign key is checked when the whole
 * statement is done. Events are inserted in the order of their uuids: two deliveries with the same events in different
 * orders would otherwise wait for each other.
 */
const RECEIVE = `
with incoming as (
  select distinct on (e.uuid) e.*
  from jsonb_to_recordset($5::jsonb) as e(uuid text, event_type text, published timestamptz, subject text, payload jsonb)
  order by e.uuid
), stored as (
  insert into events (connection_id, uuid, event_type, published, delivery_id, payload)
  select $1::uuid, i.uuid, i.event_type, i.published, $4::uuid, i.payload from incoming i order by i.uuid
  on conflict (connection_id, uuid) do nothing
  returning id, uuid, event_type
), delivered as (
  insert into deliveries (id, connection_id, source, envelope_id, event_count, duplicate_count)
  select $4::uuid, $1::uuid, $2, $3, jsonb_array_length($5::jsonb),
         jsonb_array_length($5::jsonb) - (select count(*) from stored)
), started as (
  insert into executions (flow_id, version_id, mode, event_id, subject)
  select f.id, f.live_version_id, 'live', s.id, i.subject
  from stored s
  join incoming i using (uuid)
  join flow_listeners l on l.connection_id = $1::uuid and l.event_type = s.event_type
  join flows f on f.id = l.flow_id and f."on" and f.live_version_id is not null and f.deleted_at is null
  order by i.published, i.uuid
  returning id
), queued as (
  select count(*) from
    (select array_agg(${jobSpecSql("started.id")}) as specs from started having count(*) > 0) s
    cross join lateral graphile_worker.add_jobs(s.specs)
)
select (select count(*) from stored) as accepted, (select count(*) from started) as executions, (select * from queued)`;
