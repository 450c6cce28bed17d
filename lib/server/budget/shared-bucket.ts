import type { Pool } from "pg";
import { withTransaction } from "../db/transaction.ts";
import { type Kin, type NamedBucket, settleKin } from "./kin.ts";
import {
  type BucketReport,
  type Loan,
  lendCalls,
  NEW_BUCKET,
  noteReport,
  type SharedBucket,
  type Turns,
} from "./lend-calls.ts";

export interface BucketName {
  connectionId: string;
  bucket: string;
}

interface Row {
  bucket: string;
  call_limit: number | null;
  remaining: number | null;
  ends_at: number | null;
  window_reset: number | null;
  granted: number;
  carried: number;
  used: number;
  used_before: number;
  turns: Turns;
  kin: Kin;
  now: number;
}

/**
 * Tells all workers what one learned of a bucket and, with a reserve, borrows calls of it. One transaction for many
 * calls: the lock on the connection's rows is what keeps the sum over all workers, and over the rows Okta counts together,
 * within the share.
 *
 * @param reserve percent left to others; null to report only
 * @param flow whose call it is, where one is to be made
 * @throws PostgreSQL's error
 */
export function askBucket(
  pool: Pool,
  { connectionId, bucket }: BucketName,
  report: BucketReport,
  reserve: number | null,
  flow?: string,
): Promise<Loan | undefined> {
  return withTransaction(pool, async (sql) => {
    await sql.query({ name: "add-bucket", text: ADD, values: [connectionId, bucket] });
    const { rows } = await sql.query<Row>({
      name: "lock-buckets",
      text: LOCK,
      values: [connectionId, bucket],
    });
    const row = rows.find((one) => one.bucket === bucket);
    const now = latest(rows);
    const others = rows.filter((one) => one !== row).map(fromRow);
    const reported = noteReport(row ? fromRow(row).bucket : NEW_BUCKET, report, now);
    const { bucket: noted, mates } = settleKin({ name: bucket, bucket: reported }, others, report.apart, now);
    const lent = reserve === null ? undefined : lendCalls(noted, reserve, now, flow, mates);
    const next = lent?.bucket ?? noted;
    await sql.query({
      name: "keep-bucket",
      text: KEEP,
      values: [
        connectionId,
        bucket,
        next.limit,
        next.remaining,
        next.endsAt === null ? null : next.endsAt / 1000,
        next.granted,
        next.carried,
        next.used,
        next.usedBefore,
        next.window,
        JSON.stringify(next.turns),
        JSON.stringify(next.kin),
      ],
    });
    return lent?.loan;
  });
}

// Nothing where the connection was deleted meanwhile: its last calls need no account.
const ADD = `insert into rate_buckets (connection_id, bucket) select id, $2 from connections where id = $1::uuid
  on conflict do nothing`;
const COLUMNS = `bucket, call_limit, remaining, extract(epoch from ends_at)::float8 * 1000 as ends_at,
    window_reset::float8 as window_reset, granted, carried, used, used_before, turns, kin,
    extract(epoch from clock_timestamp())::float8 * 1000 as now`;
// The time after the lock was had, not that of the transaction's start: others may have moved the window on meanwhile.
// Always in the same order, or two workers would wait for each other.
const LOCK = `select ${COLUMNS} from rate_buckets
  where connection_id = $1::uuid and (bucket = $2 or updated_at > now() - interval '1 hour')
  order by bucket for update`;
const READ = `select ${COLUMNS} from rate_buckets
  where connection_id = $1::uuid and call_limit is not null and updated_at > now() - interval '1 hour'
  order by bucket`;
const KEEP = `update rate_buckets set call_limit = $3, remaining = $4, ends_at = to_timestamp($5::float8), granted = $6,
    carried = $7, used = $8, used_before = $9, window_reset = $10, turns = $11::jsonb, kin = $12::jsonb,
    updated_at = now()
  where connection_id = $1::uuid and bucket = $2`;

function fromRow(row: Row): NamedBucket {
  const { bucket: name, remaining, granted, carried, used, turns, kin } = row;
  const bucket: SharedBucket = {
    limit: row.call_limit,
    remaining,
    endsAt: row.ends_at,
    window: row.window_reset,
    granted,
    carried,
    used,
    usedBefore: row.used_before,
    turns,
    kin,
  };
  return { name, bucket };
}

/** Each row's time is that at which it was had. */
function latest(rows: readonly Row[]): number {
  return rows.length === 0 ? Date.now() : Math.max(...rows.map(({ now }) => now));
}

/** The buckets flows have called in the last hour, and the database's time. */
export async function readBuckets(
  pool: Pool,
  connectionId: string,
): Promise<{ buckets: NamedBucket[]; now: number }> {
  const { rows } = await pool.query<Row>({
    name: "buckets-of-connection",
    text: READ,
    values: [connectionId],
  });
  return { buckets: rows.map(fromRow), now: latest(rows) };
}
