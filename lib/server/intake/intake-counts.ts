import type { Sql } from "../db/transaction.ts";

/** Events of one connection in a span of time. */
export interface Counts {
  /** Taken in from the hook, or from the System Log where no hook was to bring them. */
  delivered: number;
  /** The hook missed them; the System Log brought them. */
  recovered: number;
  /** Sent again by Okta. What the log reader finds there already is none: it looks before it takes in. */
  duplicate: number;
  /** Came after a later-published one about the same person or thing. Also among delivered or recovered. */
  late: number;
}

export interface IntakeCounts {
  lastDay: Counts;
  allTime: Counts;
  lastDeliveryAt: Date | null;
  lastRecoveryAt: Date | null;
  /** From the publication of the newest event that came last to its arrival, in seconds. */
  lagSeconds: number | null;
}

const SUMS = `
  coalesce(sum(event_count - duplicate_count) filter (where source <> 'recovery'), 0)::int as delivered,
  coalesce(sum(event_count - duplicate_count) filter (where source = 'recovery'), 0)::int as recovered,
  coalesce(sum(duplicate_count) filter (where source <> 'recovery'), 0)::int as duplicate,
  coalesce(sum(late_count), 0)::int as late`;

const COUNTS = `
with days as (
  select coalesce(sum(delivered), 0)::int as delivered, coalesce(sum(recovered), 0)::int as recovered,
         coalesce(sum(duplicate), 0)::int as duplicate, coalesce(sum(late), 0)::int as late, max(day) as until
  from intake_days where connection_id = $1
), today as (
  select ${SUMS} from deliveries
  where connection_id = $1
    and received_at >= coalesce(((select until from days) + 1)::timestamp at time zone 'UTC', '-infinity')
), day as (
  select ${SUMS} from deliveries where connection_id = $1 and received_at > now() - interval '24 hours'
), newest as (
  select received_at, newest_published from deliveries where connection_id = $1 order by received_at desc limit 1
), recovery as (
  select received_at from deliveries where connection_id = $1 and source = 'recovery' order by received_at desc limit 1
)
select to_jsonb(day) as last_day,
  jsonb_build_object(
    'delivered', days.delivered + today.delivered, 'recovered', days.recovered + today.recovered,
    'duplicate', days.duplicate + today.duplicate, 'late', days.late + today.late) as all_time,
  (select received_at from newest) as last_delivery_at,
  (select received_at from recovery) as last_recovery_at,
  (select greatest(0, extract(epoch from received_at - newest_published))::float8 from newest) as lag_seconds
from days, today, day`;

interface Row {
  last_day: Counts;
  all_time: Counts;
  last_delivery_at: Date | null;
  last_recovery_at: Date | null;
  lag_seconds: number | null;
}

/** What came in through a connection: in the last 24 hours and since it was made. */
export async function intakeCounts(sql: Sql, connectionId: string): Promise<IntakeCounts> {
  const { rows } = await sql.query<Row>({ name: "intake-counts", text: COUNTS, values: [connectionId] });
  const [row] = rows;
  if (!row) throw new Error("Counting deliveries gave no row.");
  return {
    lastDay: row.last_day,
    allTime: row.all_time,
    lastDeliveryAt: row.last_delivery_at,
    lastRecoveryAt: row.last_recovery_at,
    lagSeconds: row.lag_seconds === null ? null : Math.round(row.lag_seconds * 10) / 10,
  };
}

/**
 * Adds days that are over (UTC) to the daily totals, so that the counters of all time read a few rows instead of every
 * delivery there ever was, and old deliveries may be deleted. Deliveries themselves are kept: events refer to them.
 *
 * A day counts as over an hour after its end, when no statement begun in it can still be under way. Doing it twice, or
 * in two workers at once, changes nothing.
 * @param now tests take another than the database's
 */
export async function addUpPastDays(sql: Sql, now: Date | null = null): Promise<void> {
  await sql.query(
    `insert into intake_days (connection_id, day, delivered, recovered, duplicate, late)
     select d.connection_id, (d.received_at at time zone 'UTC')::date, ${SUMS}
     from (select c.id, (select max(day) + 1 from intake_days i where i.connection_id = c.id) as since from connections c) c
     join deliveries d on d.connection_id = c.id
       and d.received_at >= coalesce(c.since::timestamp at time zone 'UTC', '-infinity')
       and d.received_at < date_trunc('day', coalesce($1::timestamptz, now()) - interval '1 hour', 'UTC')
     group by 1, 2
     on conflict do nothing`,
    [now],
  );
}
