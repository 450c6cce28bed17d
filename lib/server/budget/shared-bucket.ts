import type { Pool } from "pg";
import { withTransaction } from "../db/transaction.ts";
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
  call_limit: number | null;
  remaining: number | null;
  ends_at: number | null;
  window_reset: number | null;
  granted: number;
  carried: number;
  used: number;
  used_before: number;
  turns: Turns;
  now: number;
}

/**
 * Tells all workers what one learned of a bucket and, with a reserve, borrows calls of it. One transaction for many
 * calls: the row's lock is what keeps the sum over all workers within the share.
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
      name: "lock-bucket",
      text: LOCK,
      values: [connectionId, bucket],
    });
    const [row] = rows;
    const now = row?.now ?? Date.now();
    const noted = noteReport(row ? fromRow(row) : NEW_BUCKET, report, now);
    const lent = reserve === null ? undefined : lendCalls(noted, reserve, now, flow);
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
      ],
    });
    return lent?.loan;
  });
}

// Nothing where the connection was deleted meanwhile: its last calls need no account.
const ADD = `insert into rate_buckets (connection_id, bucket) select id, $2 from connections where id = $1::uuid
  on conflict do nothing`;
// The time after the lock was had, not that of the transaction's start: others may have moved the window on meanwhile.
const LOCK = `select call_limit, remaining, extract(epoch from ends_at)::float8 * 1000 as ends_at,
    window_reset::float8 as window_reset,
    granted, carried, used, used_before, turns, extract(epoch from clock_timestamp())::float8 * 1000 as now
  from rate_buckets where connection_id = $1::uuid and bucket = $2 for update`;
const KEEP = `update rate_buckets set call_limit = $3, remaining = $4, ends_at = to_timestamp($5::float8), granted = $6,
    carried = $7, used = $8, used_before = $9, window_reset = $10, turns = $11::jsonb, updated_at = now()
  where connection_id = $1::uuid and bucket = $2`;

function fromRow(row: Row): SharedBucket {
  const { remaining, granted, carried, used, turns } = row;
  return {
    limit: row.call_limit,
    remaining,
    endsAt: row.ends_at,
    window: row.window_reset,
    granted,
    carried,
    used,
    usedBefore: row.used_before,
    turns,
  };
}
