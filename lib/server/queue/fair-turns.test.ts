import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { enqueueExecutions } from "./enqueue.ts";
import { dealIn } from "./fair-turns.ts";
import { startWorker } from "./start-worker.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
beforeEach(async () => {
  await db.pool.query("delete from graphile_worker._private_jobs");
  await db.prisma.execution.deleteMany();
  connectionId = (await addConnection(db)).id;
});
afterAll(() => db.drop());

const listening = async (eventType: string) =>
  (await addFlow(db, { listensTo: { connectionId, eventTypes: [eventType] } })).id;

/** So many events at once, as one delivery. */
async function arrive(eventType: string, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => readLogEvent(oktaEvent({ eventType })));
  await receiveEvents(db.pool, { connectionId, source: "hook", events });
}

/** Flows of what is due, in the order in which the queue takes it; those with the same turn in any. */
async function due(): Promise<string[]> {
  const { rows } = await db.pool.query<{ flow_id: string }>(
    `select e.flow_id from graphile_worker._private_jobs j join executions e on j.key = 'execution:' || e.id
     where j.is_available and j.run_at <= now() order by j.priority, j.run_at, j.id`,
  );
  return rows.map((row) => row.flow_id);
}

test("one event of a flow is run after a handful of the thousand another flow has waiting", async () => {
  const [busy, quiet] = [await listening("test.busy"), await listening("test.quiet")];
  for (let portion = 0; portion < 10; portion++) await arrive("test.busy", 100);
  const concurrency = 2;
  const begun: string[] = [];
  let stored = 0;
  const answered = Promise.withResolvers<void>();
  const worker = await startWorker({
    database: db,
    concurrency,
    runExecution: async (id) => {
      const { flowId } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
      begun.push(flowId);
      if (flowId === quiet) answered.resolve();
      if (begun.length !== 20) return;
      await arrive("test.quiet", 1);
      stored = begun.length;
    },
    onCancel: () => {},
    onLost: answered.reject,
  });
  await answered.promise;
  await worker.stop(1000);
  const before = begun.slice(stored, begun.indexOf(quiet));
  expect(new Set(before)).toEqual(before.length > 0 ? new Set([busy]) : new Set());
  // Those a worker has, those it has fetched ahead, and those it was just fetching.
  expect(before.length).toBeLessThanOrEqual(concurrency * 4);
  expect(begun.length).toBeLessThan(1000);
});

test("flows with many events each are served in turn, whoever came first", async () => {
  const [first, second] = [await listening("test.first"), await listening("test.second")];
  for (let portion = 0; portion < 5; portion++) await arrive("test.first", 100);
  await arrive("test.second", 300);
  await arrive("test.first", 100);
  const order = (await due()).slice(0, 400);
  const served = Object.groupBy(order, (flowId) => flowId);
  expect(Math.abs((served[first]?.length ?? 0) - (served[second]?.length ?? 0))).toBeLessThanOrEqual(2);
});

test("a flow that was idle has no claim on what it did not use", async () => {
  const [busy, late] = [await listening("test.busy"), await listening("test.late")];
  await arrive("test.late", 1);
  await arrive("test.busy", 200);
  await db.pool.query(
    `delete from graphile_worker._private_jobs where id in
       (select id from graphile_worker._private_jobs order by priority, run_at, id limit 150)`,
  );
  await arrive("test.late", 100);
  const order = await due();
  expect(order.slice(0, 60).filter((flowId) => flowId === busy).length).toBeGreaterThanOrEqual(29);
  expect(order.slice(0, 60).filter((flowId) => flowId === late).length).toBeGreaterThanOrEqual(29);
});

test("events of one flow keep their order, from delivery to delivery too", async () => {
  await listening("test.busy");
  for (let portion = 0; portion < 4; portion++) await arrive("test.busy", 25);
  const { rows } = await db.pool.query<{ turns: number; ordered: boolean }>(
    `select count(distinct j.run_at)::int as turns, bool_and(e.turn >= j.run_at and j.run_at < now()) as ordered
     from graphile_worker._private_jobs j join executions e on j.key = 'execution:' || e.id`,
  );
  expect(rows).toEqual([{ turns: 100, ordered: true }]);
});

test("what a wait ends for is dealt in among a backlog, at once without one", async () => {
  const [busy, waited] = [await listening("test.busy"), await listening("test.waited")];
  const { id } = await db.prisma.execution.create({ data: { flowId: waited, mode: "live" } });
  await enqueueExecutions(db.pool, [id]);
  expect(await dealIn(db.pool)).toBe(0);
  await arrive("test.busy", 100);
  expect((await due()).at(-1)).toBe(waited);
  expect(await dealIn(db.pool)).toBe(1);
  const order = await due();
  expect(order.indexOf(waited)).toBeLessThanOrEqual(1);
  expect(order.filter((flowId) => flowId === busy)).toHaveLength(100);
});

test("of many that come back at once, those of one flow keep no other's waiting", async () => {
  const [many, one, events] = [
    await listening("test.a"),
    await listening("test.b"),
    await listening("test.c"),
  ];
  const back = await db.prisma.execution.createManyAndReturn({
    data: Array.from({ length: 500 }, () => ({ flowId: many, mode: "live" })),
    select: { id: true },
  });
  await enqueueExecutions(
    db.pool,
    back.map(({ id }) => id),
  );
  const { id } = await db.prisma.execution.create({ data: { flowId: one, mode: "live" } });
  await enqueueExecutions(db.pool, [id]);
  await arrive("test.c", 50);
  await dealIn(db.pool);
  const order = await due();
  expect(order.indexOf(one)).toBeLessThanOrEqual(2);
  expect(order.slice(0, 61).filter((flowId) => flowId === events).length).toBeGreaterThanOrEqual(29);
});
