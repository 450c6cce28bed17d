import { setTimeout as sleep } from "node:timers/promises";
import { expireExecutions } from "#lib/server/retention/expire-executions.ts";
import { EVENT_TYPE, threeCalls } from "../documents.ts";
import { percentile } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

const ASKED = 40;
const BATCH = 500;

/** What reading costs among many executions, and whether deleting old ones gets in anybody's way. */
export async function history(stage: Stage, quick: boolean): Promise<void> {
  const executions = quick ? 100_000 : 1_000_000;
  const flow = await stage.api.createFlow(threeCalls());
  const began = performance.now();
  await fill(stage, flow, executions);
  console.log(`${executions} executions written in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  console.log(`Disk: ${await diskPer100000(stage, executions)} MB per 100,000 executions.\n`);
  await reading(stage, flow);
  await deleting(stage, flow);
}

async function reading({ api }: Stage, flow: string): Promise<void> {
  const print = startTable(["What is asked of the API", "p50 ms", "p95 ms"]);
  const first = await api.get("/api/executions?limit=50");
  const id = first.items[0]?.id;
  const asked: [string, string][] = [
    ["newest 50", "/api/executions?limit=50"],
    ["the 50 after them", `/api/executions?limit=50&cursor=${encodeURIComponent(first.next)}`],
    ["newest 50 of a flow", `/api/executions?limit=50&flowId=${flow}`],
    ["failed ones (0.1 %)", "/api/executions?limit=50&status=failed"],
    ["search for a word in many", "/api/executions?limit=50&text=user"],
    ["search for one person", "/api/executions?limit=50&text=u77777@"],
    ["search for what is nowhere", "/api/executions?limit=50&text=nobody-at-all"],
    ["search for two letters", "/api/executions?limit=50&text=zq"],
    ["a word in all, of failed ones", "/api/executions?limit=50&text=flowdeck&status=failed"],
    ["a word in all, of 50 days ago", `/api/executions?limit=50&text=flowdeck&until=${longAgo()}`],
    ["plans (none)", "/api/executions?limit=50&mode=plan"],
    ["tests of a flow (none)", `/api/executions?limit=50&mode=test&flowId=${flow}`],
    ["events of an org, of any type", "/api/connections/bench/events?limit=20"],
    ["one execution with its steps", `/api/executions/${id}`],
  ];
  for (const [what, path] of asked) {
    const times: number[] = [];
    for (let index = 0; index < ASKED; index++) {
      const began = performance.now();
      await api.get(path);
      times.push(performance.now() - began);
    }
    print([what, short(percentile(times, 0.5)), short(percentile(times, 0.95))]);
  }
}

function longAgo(): string {
  return new Date(Date.now() - 50 * 86_400_000).toISOString();
}

/** Half of the history is old enough to go; meanwhile executions are begun and ended as a worker does. */
async function deleting({ pool }: Stage, flowId: string): Promise<void> {
  const print = startTable(["Retention", "Statements", "p50 ms", "p99 ms", "max ms"]);
  const row = (what: string, times: number[]) =>
    print([what, times.length, ...[0.5, 0.99, 1].map((share) => short(percentile(times, share)))]);
  const stopping = new AbortController();
  const waits: number[] = [];
  const others = workMeanwhile(pool, flowId, waits, stopping.signal);
  await sleep(2000);
  row("others before", waits.splice(0));
  const times: number[] = [];
  for (let did = BATCH; did === BATCH && times.length < 200; ) {
    const began = performance.now();
    did = await expireExecutions(pool, { flowId, days: 30 }, BATCH);
    times.push(performance.now() - began);
    await sleep(5);
  }
  row(`deleting ${BATCH} at a time`, times);
  row("others meanwhile", waits);
  stopping.abort();
  await others;
}

async function workMeanwhile(
  pool: Stage["pool"],
  flowId: string,
  waits: number[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await pool.query(
      `with e as (
         insert into executions (flow_id, version_id, mode, status, finished_at)
         select id, live_version_id, 'live', 'succeeded', now() from flows where id = $1 returning id
       )
       insert into steps (execution_id, path, attempt, status, started_at) select id, 'c1', 1, 'succeeded', now() from e`,
      [flowId],
    );
    waits.push(performance.now() - began);
    await sleep(10);
  }
}

/** Executions of the last 60 days with their events and steps, as the benchmark's flow leaves them. */
async function fill({ pool, connectionId }: Stage, flow: string, count: number): Promise<void> {
  const PART = 100_000;
  for (let from = 0; from < count; from += PART) {
    const made = `(select n, now() - interval '60 days' * (1 - n::float8 / ${count}) as at
      from generate_series(${from + 1}, ${Math.min(from + PART, count)}) n) m`;
    const id = `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid`;
    const client = await pool.connect();
    try {
      // One transaction, so that now() and with it the ids are the same in all statements.
      await client.query("begin");
      await client.query(
        `insert into deliveries (id, connection_id, source, event_count, received_at)
         select ${id}, $1, 'hook', 1, at from ${made}`,
        [connectionId],
      );
      await client.query(
        `insert into events (id, connection_id, uuid, event_type, published, received_at, delivery_id, about, payload)
         select ${id}, $1, n::text, $2, at, at, ${id}, '00u' || n % 100000,
                jsonb_build_object('n', n, 'pad', repeat('x', 1500)) from ${made}`,
        [connectionId, EVENT_TYPE],
      );
      await client.query(
        `insert into executions (id, flow_id, version_id, mode, event_id, subject, status, reason, created_at, started_at, finished_at)
         select ${id}, f.id, f.live_version_id, 'live', ${id},
                'User ' || n % 100000 || ', u' || n % 100000 || '@flowdeck.example',
                case when n % 1000 = 0 then 'failed' else 'succeeded' end,
                case when n % 1000 = 0 then 'Not found: Resource not found' end, at, at, at
         from ${made} cross join flows f where f.id = $1`,
        [flow],
      );
      await client.query(
        `insert into steps (execution_id, path, attempt, status, inputs, outputs, exchanges, started_at, finished_at)
         select ${id}, c, 1, 'succeeded', '{"user":"00uBENCH"}', jsonb_build_object('statusCode', 200, 'pad', repeat('y', 200)),
                jsonb_build_array(jsonb_build_object('method', 'GET', 'path', '/api/v1/users/00uBENCH', 'status', 200)), at, at
         from ${made}, unnest(array['e', 'read', 'branch', 'add', 'suspend']) c`,
      );
      await client.query("commit");
    } finally {
      client.release();
    }
  }
  await pool.query("analyze");
}

async function diskPer100000({ pool }: Stage, count: number): Promise<string> {
  const { rows } = await pool.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(t::regclass))::text as bytes
     from unnest(array['deliveries', 'events', 'executions', 'steps']) t`,
  );
  return ((Number(rows[0]?.bytes) / 1024 / 1024 / count) * 100_000).toFixed(0);
}
