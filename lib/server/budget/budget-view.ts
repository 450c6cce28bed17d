import type { BudgetView } from "../../api/budget.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { connectionById } from "../connections/find-connection.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { shareOf } from "./lend-calls.ts";

/**
 * How much of an org's rate limits flows use, as the workers last said: a few seconds old at most.
 * @throws ApiProblem "not-found"
 */
export async function getBudget(actor: Actor, id: string): Promise<BudgetView> {
  authorize(actor, "connections.read");
  const connection = await connectionById(id);
  const { reservePercent, maxCalls } = connection;
  const [buckets, waiting] = await Promise.all([bucketsOf(id), waitingFor(id)]);
  return {
    reservePercent,
    maxCalls,
    waiting: [...waiting.values()].reduce((sum, count) => sum + count, 0),
    down: downOf(connection),
    buckets: buckets.map(({ limit, inWindow, remaining, ends_at: endsAt, ...bucket }) => ({
      name: bucket.bucket,
      limit,
      reserved: limit - shareOf(limit, reservePercent),
      remaining: inWindow ? remaining : null,
      resetAt: inWindow && remaining !== null ? (endsAt?.toISOString() ?? null) : null,
      used: inWindow ? bucket.used : 0,
      usedBefore: inWindow ? bucket.used_before : bucket.used,
      waiting: waiting.get(bucket.bucket) ?? 0,
    })),
  };
}

function downOf({ downSince, downUntil, downReason }: Connection): BudgetView["down"] {
  if (!downSince || !downUntil) return null;
  return { since: downSince.toISOString(), until: downUntil.toISOString(), reason: downReason ?? "" };
}

interface BucketRow {
  bucket: string;
  limit: number;
  remaining: number | null;
  ends_at: Date | null;
  used: number;
  used_before: number;
  inWindow: boolean;
}

async function bucketsOf(connectionId: string): Promise<BucketRow[]> {
  const { rows } = await database().pool.query<BucketRow>({
    name: "buckets-of-connection",
    text: `select bucket, call_limit as limit, remaining, ends_at, used, used_before,
             coalesce(ends_at > now(), false) as "inWindow"
           from rate_buckets
           where connection_id = $1::uuid and call_limit is not null and updated_at > now() - interval '1 hour'
           order by greatest(used, used_before)::float8 / greatest(call_limit, 1) desc, bucket`,
    values: [connectionId],
  });
  return rows;
}

/** Executions by the bucket they wait for; "" for those that wait for the org as a whole. */
async function waitingFor(connectionId: string): Promise<Map<string, number>> {
  const { rows } = await database().pool.query<{ bucket: string; count: number }>({
    name: "waiting-for-org",
    text: `select coalesce(last.error -> 'data' ->> 'bucket', '') as bucket, count(*)::int as count
           from executions e cross join lateral (
             select s.error from steps s where s.execution_id = e.id order by s.sequence desc limit 1
           ) last
           where e.status = 'waiting' and last.error -> 'data' ->> 'org' = $1
           group by 1`,
    values: [connectionId],
  });
  return new Map(rows.map(({ bucket, count }) => [bucket, count]));
}
