import type { Pool } from "pg";
import { DEFAULT_KEEP_DAYS } from "#lib/flow/settings.ts";

/**
 * Days an event is kept at least. It is what tells that the same event came before: far longer than Okta repeats a
 * delivery or the System Log reader looks back.
 */
export const EVENT_DAYS = DEFAULT_KEEP_DAYS;

/** How far a pass over the events has come; the next batch begins there. */
export interface EventsBatch {
  /** Id of the last event looked at; undefined when there are no more. */
  last: string | undefined;
  deleted: number;
}

const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Looks at the next events in the order they came in and deletes those nothing refers to any more. Ids sort by time
 * (flowdeck_uuidv7), so the primary key is the index; a pass goes on behind the last one looked at, because events that
 * stay, for executions kept for years, must not be looked through with every batch.
 *
 * @param after id of the last event looked at; undefined begins anew
 */
export async function expireEvents(
  pool: Pool,
  after: string | undefined,
  limit: number,
): Promise<EventsBatch> {
  const { rows } = await pool.query<{ last: string | null; deleted: number }>({
    name: "expire-events",
    text: EXPIRE_EVENTS,
    values: [after ?? FIRST, EVENT_DAYS, limit],
  });
  return { last: rows[0]?.last ?? undefined, deleted: rows[0]?.deleted ?? 0 };
}

const EXPIRE_EVENTS = `
with batch as materialized (
  select v.id from events v
  where v.id > $1::uuid and v.received_at < now() - make_interval(days => $2::int)
    and v.id < (lpad(to_hex((extract(epoch from now() - make_interval(days => $2::int)) * 1000)::bigint), 12, '0')
                || '70008000000000000000')::uuid
  order by v.id limit $3::int
), free as materialized (
  select v.id from events v join batch b on b.id = v.id
  where not exists (select from executions e where e.event_id = v.id)
  for update of v skip locked
), gone as (
  delete from events v using free where v.id = free.id returning v.id
)
select (select b.id from batch b order by b.id desc limit 1) as last, (select count(*)::int from gone) as deleted`;

/** The same for deliveries of one connection. */
export interface DeliveriesBatch {
  /** Arrival and id of the last delivery looked at; undefined when there are no more. */
  last: { receivedAt: string; id: string } | undefined;
  deleted: number;
}

/**
 * Deletes deliveries whose events have all gone and whose day stands in the daily totals (intake/intake-counts.ts):
 * the counters of all time read those.
 *
 * @param after the last delivery looked at; undefined begins anew
 */
export async function expireDeliveries(
  pool: Pool,
  connectionId: string,
  after: DeliveriesBatch["last"],
  limit: number,
): Promise<DeliveriesBatch> {
  const { rows } = await pool.query<{ received_at: string | null; id: string | null; deleted: number }>({
    name: "expire-deliveries",
    text: EXPIRE_DELIVERIES,
    values: [connectionId, after?.receivedAt ?? "-infinity", after?.id ?? FIRST, EVENT_DAYS, limit],
  });
  const [row] = rows;
  const last = row?.received_at && row.id ? { receivedAt: row.received_at, id: row.id } : undefined;
  return { last, deleted: row?.deleted ?? 0 };
}

const EXPIRE_DELIVERIES = `
with batch as materialized (
  select d.id, d.received_at from deliveries d
  where d.connection_id = $1::uuid and (d.received_at, d.id) > ($2::timestamptz, $3::uuid)
    and d.received_at >= $2::timestamptz
    and d.received_at < now() - make_interval(days => $4::int)
    and d.received_at < ((select max(day) from intake_days i where i.connection_id = $1::uuid) + 1)::timestamp at time zone 'UTC'
  order by d.received_at, d.id limit $5::int
), gone as (
  delete from deliveries d using batch b
  where d.id = b.id and not exists (select from events v where v.delivery_id = d.id)
  returning d.id
), last as (
  select received_at::text, id from batch order by batch.received_at desc, id desc limit 1
)
select (select received_at from last) as received_at, (select id from last) as id,
  (select count(*)::int from gone) as deleted`;
