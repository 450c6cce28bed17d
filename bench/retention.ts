// `node bench/retention.ts [executions]`: how long statements of retention take, and how long others wait meanwhile. On a
// database of its own, made and removed again.
import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "#lib/server/db/client.ts";
import { addConnection, addFlow } from "#lib/server/db/test-records.ts";
import { expireDeliveries, expireEvents } from "#lib/server/retention/expire-events.ts";
import { expireExecutions } from "#lib/server/retention/expire-executions.ts";
import { createTestDatabase } from "#scripts/database/test-database.ts";

const EXECUTIONS = Number(process.argv[2] ?? 200_000);
const BATCH = 500;

const test = await createTestDatabase();
const database = createDatabase({ url: test.url, connections: 4, name: "flowdeck-bench" });
const { pool } = database;
try {
  const connection = await addConnection(database);
  const flow = await addFlow(database);
  await fill(connection.id, flow);
  const waits: number[] = [];
  const stopping = new AbortController();
  const others = workMeanwhile(flow, waits, stopping.signal);
  await sleep(2000);
  report("others before", waits.splice(0));
  report(
    "executions with 5 steps",
    await measured(() => expireExecutions(pool, { flowId: flow.id, days: 30 }, BATCH)),
  );
  report("others meanwhile", waits.splice(0));
  let event: string | undefined;
  const events = await measured(async () => {
    event = (await expireEvents(pool, event, BATCH)).last;
    return event === undefined ? 0 : BATCH;
  });
  report("events", events);
  await pool.query(
    "insert into intake_days select $1, (now() - interval '1 day')::date, 0, 0, 0, 0 on conflict do nothing",
    [connection.id],
  );
  let last: Awaited<ReturnType<typeof expireDeliveries>>["last"];
  const deliveries = await measured(async () => {
    last = (await expireDeliveries(pool, connection.id, last, BATCH)).last;
    return last === undefined ? 0 : BATCH;
  });
  report("deliveries", deliveries);
  report("others meanwhile", waits.splice(0));
  const { rows } = await pool.query(
    "select (select count(*) from executions) as executions, (select count(*) from steps) as steps, (select count(*) from events) as events, (select count(*) from deliveries) as deliveries, (select sum(count) from execution_days) as counted",
  );
  console.log("left:", rows[0]);
  stopping.abort();
  await others;
} finally {
  await database.close();
  await test.drop();
}

/** Half of the executions are old enough to go. */
async function fill(connectionId: string, flow: { id: string; versionId: string }): Promise<void> {
  const id = (n: string) =>
    `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(${n}), 15, '0'))::uuid`;
  const client = await pool.connect();
  try {
    // One transaction, so that now() and with it the ids are the same in all statements.
    await client.query("begin");
    const made = `(select n, now() - interval '60 days' * (1 - n::float8 / ${EXECUTIONS}) as at from generate_series(1, ${EXECUTIONS}) n) m`;
    await client.query(
      `insert into deliveries (id, connection_id, source, event_count, received_at)
       select ${id("n")}, $1, 'hook', 1, at from ${made}`,
      [connectionId],
    );
    await client.query(
      `insert into events (id, connection_id, uuid, event_type, published, received_at, delivery_id, payload)
       select ${id("n")}, $1, n::text, 'user.lifecycle.create', at, at, ${id("n")}, jsonb_build_object('n', n, 'pad', repeat('x', 1500)) from ${made}`,
      [connectionId],
    );
    await client.query(
      `insert into executions (id, flow_id, version_id, mode, event_id, status, created_at, finished_at)
       select ${id("n")}, $1, $2, 'live', ${id("n")}, 'succeeded', at, at from ${made}`,
      [flow.id, flow.versionId],
    );
    await client.query(
      `insert into steps (execution_id, path, attempt, status, inputs, outputs, exchanges, started_at)
       select ${id("n")}, 'c' || c, 1, 'succeeded', '{"a":1}', jsonb_build_object('b', repeat('y', 300)), '[]', at from ${made}, generate_series(1, 5) c`,
    );
    await client.query("commit");
    await client.query("analyze");
  } finally {
    client.release();
  }
}

/** What the executor does all the time, on another connection: start one, write a step, end it. */
async function workMeanwhile(
  flow: { id: string; versionId: string },
  waits: number[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await pool.query(
      `with e as (insert into executions (flow_id, version_id, mode, status) values ($1, $2, 'live', 'running') returning id)
       insert into steps (execution_id, path, attempt, status, started_at) select id, 'c1', 1, 'running', now() from e`,
      [flow.id, flow.versionId],
    );
    waits.push(performance.now() - began);
    await sleep(10);
  }
}

async function measured(batch: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let did = BATCH; did === BATCH; ) {
    const began = performance.now();
    did = await batch();
    times.push(performance.now() - began);
    await sleep(5);
  }
  return times;
}

function report(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  console.log(`${what}: ${times.length} statements, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
}
