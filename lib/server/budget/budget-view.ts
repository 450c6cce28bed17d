import type { BudgetView } from "../../api/budget.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { connectionById } from "../connections/find-connection.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { areOne, type NamedBucket } from "./kin.ts";
import { inWindow, shareOf } from "./lend-calls.ts";
import { readBuckets } from "./shared-bucket.ts";
import { WAITING_FOR_OKTA } from "./waits.ts";

/**
 * How much of an org's rate limits flows use, as the workers last said: a few seconds old at most.
 * @throws ApiProblem "not-found"
 */
export async function getBudget(actor: Actor, id: string): Promise<BudgetView> {
  authorize(actor, "connections.read");
  const connection = await connectionById(id);
  const { reservePercent, maxCalls } = connection;
  const [{ buckets, now }, waiting] = await Promise.all([readBuckets(database().pool, id), waitingFor(id)]);
  return {
    reservePercent,
    maxCalls,
    waiting: [...waiting.values()].reduce((sum, count) => sum + count, 0),
    down: downOf(connection),
    buckets: inGroups(buckets, now)
      .map((group) => lineOf(group, now, reservePercent, waiting))
      .toSorted((a, b) => useOf(b) - useOf(a)),
  };
}

type Line = BudgetView["buckets"][number];

/** What Okta counts as one is one line. */
function inGroups(buckets: readonly NamedBucket[], now: number): NamedBucket[][] {
  const current = buckets.map(({ name, bucket }) => ({ name, bucket: inWindow(bucket, now) }));
  return current.reduce<NamedBucket[][]>((groups, bucket) => {
    const isKin = (group: NamedBucket[]) => group.some((other) => areOne(bucket, other, now));
    const kin = groups.filter(isKin).flat();
    return [...groups.filter((group) => !isKin(group)), [...kin, bucket]];
  }, []);
}

function lineOf(
  group: readonly NamedBucket[],
  now: number,
  reservePercent: number,
  waiting: ReadonlyMap<string, number>,
): Line {
  const rows = group.map(({ bucket }) => bucket);
  const seen = rows.filter(({ remaining }) => remaining !== null);
  const latest = Math.max(...seen.map(({ window }) => window ?? 0));
  const current = seen.filter(({ window }) => (window ?? 0) === latest);
  const limit = rows[0]?.limit ?? 0;
  const endsAt = Math.max(...current.map(({ endsAt }) => endsAt ?? now));
  return {
    name: group.map(({ name }) => name).join(", "),
    limit,
    reserved: limit - shareOf(limit, reservePercent),
    remaining: current.length === 0 ? null : Math.min(...current.map(({ remaining }) => remaining ?? 0)),
    resetAt: current.length === 0 ? null : new Date(endsAt).toISOString(),
    used: sum(rows.map(({ used }) => used)),
    usedBefore: sum(rows.map(({ usedBefore }) => usedBefore)),
    waiting: sum(group.map(({ name }) => waiting.get(name) ?? 0)),
  };
}

function useOf({ used, usedBefore, limit }: Line): number {
  return Math.max(used, usedBefore) / Math.max(limit, 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function downOf({ downSince, downUntil, downReason }: Connection): BudgetView["down"] {
  if (!downSince || !downUntil) return null;
  return { since: downSince.toISOString(), until: downUntil.toISOString(), reason: downReason ?? "" };
}

/**
 * Executions by the bucket they wait for; "" for those that wait for the org as a whole. What they wait for stands in
 * their newest step, and is looked up for one of those of a flow that have the same reason, a sentence that names the
 * bucket: of 50,000 that wait each was looked up, half a second for a page that asks every five. Of a flow that waits for
 * the same bucket of two orgs all are counted where the newest one waits.
 */
async function waitingFor(connectionId: string): Promise<Map<string, number>> {
  const { rows } = await database().pool.query<{ bucket: string; count: number }>({
    name: "waiting-for-org",
    text: `with alike as (
             select max(e.id::text collate "C")::uuid as newest, count(*) as count
             from executions e where e.status = 'waiting' and e.reason like '${WAITING_FOR_OKTA}%'
             group by e.flow_id, e.reason
           )
           select coalesce(last.error -> 'data' ->> 'bucket', '') as bucket, sum(alike.count)::int as count
           from alike cross join lateral (
             select s.error from steps s where s.execution_id = alike.newest order by s.sequence desc limit 1
           ) last
           where last.error -> 'data' ->> 'org' = $1
           group by 1`,
    values: [connectionId],
  });
  return new Map(rows.map(({ bucket, count }) => [bucket, count]));
}
