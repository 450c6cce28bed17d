import type { Pool } from "pg";
import type { StepError } from "#lib/engine/execution.ts";

/** Executions that have not ended and wait for the same, counted. Times are seconds. */
export interface OpenRow {
  /** "later": until an instant; why stands in the newest step of one of them. */
  kind: "ready" | "running" | "later" | "line" | "paused" | "attention";
  count: number;
  /** How long the longest of them could have run already; null where nobody knows. */
  readyFor: number | null;
  /** How long ago the oldest of them came. */
  age: number;
  /** Until the last of them goes on by itself. */
  until: number | null;
  error: Partial<StepError> | null;
}

export interface WorkerRow {
  ended: number[];
  sinceLastEnd: number;
}

export interface LimitRow {
  org: string;
  bucket: string;
  limit: number;
  reserve: number;
  endsIn: number;
}

/** What is read of the database at one moment, all by its clock. */
export interface BacklogRows {
  now: Date;
  open: OpenRow[];
  /** Executions that came in the last `ARRIVED_S`, and in the last `ARRIVED_LATELY_S`. */
  arrived: number;
  arrivedLately: number;
  workers: WorkerRow[];
  limits: LimitRow[];
}

export const ARRIVED_S = 15;
export const ARRIVED_LATELY_S = 5;
const WORKER_SILENT_AFTER_S = 20;

/**
 * What the backlog is told from, in one statement. It reads the executions that have not ended, through the index that
 * begins with the status, and those that came lately; none of those that ended long ago.
 *
 * @param flowId only executions of this flow; of all where null
 */
export async function readBacklog(pool: Pool, flowId: string | null): Promise<BacklogRows> {
  const { rows } = await pool.query<BacklogRows>({
    name: flowId === null ? "backlog" : "backlog-of-flow",
    text: flowId === null ? ALL : OF_FLOW,
    values: flowId === null ? [] : [flowId],
  });
  const [row] = rows;
  if (!row) throw new Error("The backlog was not answered.");
  return row;
}

const arrivedSql = (seconds: number) =>
  `(select count(*)::int from executions e where e.created_at > now() - interval '${seconds} seconds')`;

/** As many letters tell apart what is no rate limit; where errors name ids, each reason is another one. */
const REASON = "case when e.reason like 'Waiting for %' then e.reason else left(e.reason, 40) end";

/**
 * Those that wait until an instant are told apart by their reason, a sentence; what it is about is looked up for one of each
 * sentence. There are as many as there are limits and errors; where each is another one, the most frequent are looked up.
 * How long one that a person retried has been in the queue stands nowhere: it came earlier.
 */
const statement = (ofFlow: string) => `
with ready as (
  select count(*)::int as count, extract(epoch from now() - min(e.created_at) filter (where e.fence = 0))::float8 as ready_for,
    extract(epoch from now() - min(e.created_at))::float8 as age
  from executions e where e.status = 'queued' ${ofFlow}
), open as (
  select 'ready' as kind, null as reason, count, ready_for, age, null::float8 as until, null::text as one from ready where count > 0
  union all
  select case when e.held then 'paused' when e.place = 'line' then 'line' when e.waiting_until <= now() then 'ready' else 'later' end,
    case when e.waiting_until > now() and not e.held then ${REASON} end,
    count(*)::int,
    extract(epoch from now() - min(e.waiting_until))::float8,
    extract(epoch from now() - min(e.created_at))::float8,
    extract(epoch from max(e.waiting_until) - now())::float8,
    max(e.id::text) filter (where e.waiting_until > now())
  from executions e where e.status = 'waiting' ${ofFlow} group by 1, 2
  union all
  select e.status, null, count(*)::int, null, 0, null, null
  from executions e where e.status in ('running', 'attention') ${ofFlow} group by 1
), told as (
  select o.*, case when o.kind = 'later' and o.place <= 50 then
    (select s.error - 'message' - 'hint' from steps s where s.execution_id = o.one::uuid order by s.sequence desc limit 1) end as error
  from (select *, row_number() over (order by count desc) as place from open) o
)
select now() as now,
  (select coalesce(json_agg(json_build_object('kind', kind, 'count', count, 'readyFor', ready_for, 'age', age, 'until', until,
    'error', error)), '[]') from told) as open,
  ${arrivedSql(ARRIVED_S)} as arrived, ${arrivedSql(ARRIVED_LATELY_S)} as "arrivedLately",
  (select coalesce(json_agg(json_build_object('ended', ended,
     'sinceLastEnd', extract(epoch from now() - coalesce(last_ended_at, started_at)))), '[]')
   from workers where heartbeat_at > now() - interval '${WORKER_SILENT_AFTER_S} seconds') as workers,
  (select coalesce(json_agg(json_build_object('org', c.id, 'bucket', b.bucket, 'limit', b.call_limit,
     'reserve', c.reserve_percent, 'endsIn', greatest(0, coalesce(extract(epoch from b.ends_at - now()), 0)))), '[]')
   from rate_buckets b join connections c on c.id = b.connection_id
   where b.call_limit is not null and exists (
     select from told t where t.error -> 'data' ->> 'org' = c.id::text and t.error -> 'data' ->> 'bucket' = b.bucket)) as limits`;

const ALL = statement("");
const OF_FLOW = statement("and e.flow_id = $1::uuid");
