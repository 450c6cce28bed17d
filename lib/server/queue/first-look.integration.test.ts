import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database } from "../db/client.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { log } from "../log.ts";
import { enqueueExecutions } from "./enqueue.ts";
import { startWorker } from "./start-worker.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let ofWorker: Database;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
  // What waits for a lock fails soon, as what waits for a connection does.
  const [{ name } = { name: "" }] = await db.prisma.$queryRaw<
    { name: string }[]
  >`select current_database() as name`;
  await db.pool.query(`alter database "${name}" set lock_timeout = '200ms'`);
  ofWorker = createDatabase({ url: db.url, connections: 10, name: "flowdeck-test-worker" });
});
afterAll(async () => {
  await ofWorker.close();
  await db.drop();
});

const waiting = async () =>
  (
    await db.pool.query(
      "select from pg_locks where not granted and relation = 'graphile_worker._private_tasks'::regclass",
    )
  ).rowCount ?? 0;

test("a worker whose first look at the queue fails takes executions all the same, soon after", async () => {
  const flow = await addFlow(db);
  const { id } = await db.prisma.execution.create({
    data: { flowId: flow.id, versionId: flow.versionId, mode: "live" },
  });
  await enqueueExecutions(db.pool, [id]);
  const blocker = await db.pool.connect();
  await blocker.query("begin");
  await blocker.query("lock table graphile_worker._private_tasks in access exclusive mode");
  const ran: string[] = [];
  const starting = startWorker({
    database: ofWorker,
    concurrency: 2,
    runExecution: async (executionId) => {
      ran.push(executionId);
    },
    onCancel: () => {},
    onLost: () => {},
    firstLookMs: 2_000,
  });
  await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0);
  // Longer than a look may wait for the lock: it has failed when the table is free again.
  await sleep(1_000);
  await blocker.query("rollback");
  blocker.release();
  const worker = await starting;
  await expect.poll(() => ran, { timeout: 10_000 }).toEqual([id]);
  await worker.stop(5_000);
}, 60_000);
