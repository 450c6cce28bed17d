import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { log } from "../log.ts";
import { countDeathAlone } from "./crashes.ts";
import { enqueueExecutions, MAX_TAKES } from "./enqueue.ts";
import { takeLease } from "./lease.ts";
import { acquit, isSuspect, postpone } from "./suspects.ts";
import { freeDeadWorkers, giveUpSpent, requeueForgotten } from "./sweep.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let flowId: string;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
  flowId = (await addFlow(db)).id;
});
afterAll(() => db.drop());

const lease = () => takeLease({ url: db.url, onCancel: () => {}, onLost: () => {} });

/** An execution whose queue entry is locked, as by a worker that runs it. */
async function runningUnder(lockedBy: string, lockedSecondsAgo = 1) {
  const { id } = await db.prisma.execution.create({
    data: { flowId, mode: "live", status: "running", fence: 1 },
  });
  await enqueueExecutions(db.pool, [id]);
  await db.pool.query(
    `update graphile_worker._private_jobs set attempts = attempts + 1, locked_by = $2,
       locked_at = now() - $3 * interval '1 second' where key = $1`,
    [`execution:${id}`, lockedBy, lockedSecondsAgo],
  );
  return id;
}

async function entry(id: string) {
  const { rows } = await db.pool.query(
    "select locked_by, attempts from graphile_worker.jobs where key = $1",
    [`execution:${id}`],
  );
  return rows[0];
}

test("entries of a worker that lives stay locked", async () => {
  const living = await lease();
  await living.addQueueIds(["pool-living"]);
  const id = await runningUnder("pool-living", 3600);
  expect(await freeDeadWorkers(db)).toEqual([]);
  expect(await entry(id)).toMatchObject({ locked_by: "pool-living" });
  await living.release();
});

test("a worker whose connection is gone is dead, however fresh its heartbeat", async () => {
  const id = await runningUnder("pool-killed");
  await db.prisma.worker.create({ data: { id: "killed", lockKey: 4711, queueIds: ["pool-killed"] } });
  expect(await freeDeadWorkers(db)).toEqual(["killed"]);
  expect(await entry(id)).toEqual({ locked_by: null, attempts: 0 });
  expect(await db.prisma.worker.count()).toBe(0);
});

test("a worker that keeps its connection and is silent is dead too", async () => {
  const frozen = await lease();
  await frozen.addQueueIds(["pool-frozen"]);
  const id = await runningUnder("pool-frozen");
  await db.pool.query("update workers set heartbeat_at = now() - interval '21 seconds' where id = $1", [
    frozen.workerId,
  ]);
  expect(await freeDeadWorkers(db)).toEqual([frozen.workerId]);
  expect((await entry(id)).locked_by).toBeNull();
  await frozen.release();
});

test("entries locked by nobody known are freed after a while", async () => {
  const [old, fresh] = [await runningUnder("pool-unknown", 11), await runningUnder("pool-starting", 1)];
  await freeDeadWorkers(db);
  expect((await entry(old)).locked_by).toBeNull();
  expect((await entry(fresh)).locked_by).toBe("pool-starting");
});

test("many sweeps at once free each worker once", async () => {
  await db.prisma.worker.create({ data: { id: "killed", lockKey: 4711, queueIds: ["pool-killed"] } });
  const found = await Promise.all(Array.from({ length: 8 }, () => freeDeadWorkers(db)));
  expect(found.flat()).toEqual(["killed"]);
});

/** Sweeps after a worker died that had locked the entries of these executions. */
async function diesAt(...ids: string[]) {
  await db.prisma.worker.create({ data: { id: randomUUID(), lockKey: 4711, queueIds: ["pool-dies"] } });
  await db.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'pool-dies', locked_at = now() where key = any($1)`,
    [ids.map((id) => `execution:${id}`)],
  );
  await freeDeadWorkers(db);
}
const executionOf = (id: string) => db.prisma.execution.findUniqueOrThrow({ where: { id } });
test("an execution that dies twice alone, after two workers, fails, its flow is paused and an alarm tells of it", async () => {
  const flow = await addFlow(db);
  const id = await runningUnder("pool-dies");
  await db.prisma.execution.update({ where: { id }, data: { flowId: flow.id } });
  const step = { executionId: id, path: "c2", startedAt: new Date() };
  await db.prisma.step.create({ data: { ...step, attempt: 1, status: "running" } });
  await diesAt(id);
  expect(await executionOf(id)).toMatchObject({ status: "running", crashes: 1, fence: 1 });
  expect(await isSuspect(db.pool, id)).toBe(false);
  // The lost attempt was closed and sent again: that is no progress.
  await db.prisma.step.updateMany({ where: { executionId: id }, data: { status: "failed" } });
  await db.prisma.step.create({ data: { ...step, attempt: 2, status: "running" } });
  await diesAt(id);
  expect(await isSuspect(db.pool, id)).toBe(true);
  // However many workers die from now on: it need not be the cause.
  for (let death = 0; death < 4; death += 1) await diesAt(id);
  expect(await executionOf(id)).toMatchObject({ status: "running", crashes: 2 });
  expect(await countDeathAlone(db, id)).toBe(true);
  const suspect = await db.prisma.flow.findUniqueOrThrow({ where: { id: flow.id } });
  expect(suspect).toMatchObject({ suspect: true, pausedAt: null });
  expect(await countDeathAlone(db, id)).toBe(false);
  expect(await executionOf(id)).toMatchObject({
    status: "failed",
    crashes: 4,
    fence: 2,
    error: { code: "took-workers-down", path: "c2" },
  });
  const paused = await db.prisma.flow.findUniqueOrThrow({ where: { id: flow.id } });
  expect(paused).toMatchObject({ pausedKind: "quarantine", suspect: false });
  expect(paused.pausedAt).not.toBeNull();
  const alarms = await db.prisma.alarm.findMany({ where: { objectId: flow.id } });
  expect(alarms).toMatchObject([{ kind: "flow-quarantined", closedAt: null }]);
  const other = await db.prisma.flow.findUniqueOrThrow({ where: { id: flowId } });
  expect(other.pausedAt).toBeNull();
});

test("a death after which an execution came further does not count with the next, nor does one it only waited in", async () => {
  const [further, waiting] = [await runningUnder("pool-dies"), await runningUnder("pool-dies")];
  await db.prisma.execution.update({ where: { id: waiting }, data: { status: "queued" } });
  for (const path of ["c1", "c2", "c3", "c4", "c5"]) {
    await db.prisma.step.create({
      data: { executionId: further, path, attempt: 1, status: "succeeded", startedAt: new Date() },
    });
    await diesAt(further, waiting);
  }
  expect(await executionOf(further)).toMatchObject({ status: "running", crashes: 1 });
  expect(await executionOf(waiting)).toMatchObject({ status: "queued", crashes: 0 });
});

test("one that comes further with each death has all its takes again", async () => {
  const id = await runningUnder("pool-dies");
  for (const path of ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"]) {
    await db.prisma.step.create({
      data: { executionId: id, path, attempt: 1, status: "succeeded", startedAt: new Date() },
    });
    await diesAt(id);
    await db.pool.query("update graphile_worker._private_jobs set attempts = attempts + 1 where key = $1", [
      `execution:${id}`,
    ]);
    expect(await giveUpSpent(db.pool)).toEqual([]);
  }
  expect(await entry(id)).toMatchObject({ attempts: 1 });
});

test("a flow of which a death struck three twice runs alone until one of it came to its end", async () => {
  const flow = await addFlow(db);
  const ids = [
    await runningUnder("pool-dies"),
    await runningUnder("pool-dies"),
    await runningUnder("pool-dies"),
  ];
  const [neighbour, other] = [await runningUnder("pool-dies"), await runningUnder("pool-fine")];
  await db.prisma.execution.updateMany({
    where: { id: { in: [...ids, other] } },
    data: { flowId: flow.id },
  });
  await diesAt(...ids, neighbour);
  await diesAt(...ids, neighbour);
  expect(await isSuspect(db.pool, other)).toBe(true);
  const beside = await addFlow(db);
  const sound = await runningUnder("pool-fine");
  await db.prisma.execution.update({ where: { id: sound }, data: { flowId: beside.id } });
  expect(await isSuspect(db.pool, sound)).toBe(false);
  await postpone(db.pool, other);
  expect(await executionOf(other)).toMatchObject({ status: "waiting", fence: 1 });
  await acquit(db.pool, other);
  expect(await isSuspect(db.pool, other)).toBe(true);
  await db.prisma.execution.update({ where: { id: other }, data: { status: "succeeded" } });
  await acquit(db.pool, other);
  const [struck = ""] = ids;
  expect(await db.prisma.flow.findUniqueOrThrow({ where: { id: flow.id } })).toMatchObject({
    suspect: false,
  });
  expect(await isSuspect(db.pool, struck)).toBe(true);
});

test("a test that took down two workers and two processes of its own fails and leaves its flow alone", async () => {
  const id = await runningUnder("pool-dies");
  await db.prisma.execution.update({ where: { id }, data: { mode: "test" } });
  await diesAt(id);
  await diesAt(id);
  await countDeathAlone(db, id);
  await countDeathAlone(db, id);
  expect(await executionOf(id)).toMatchObject({ status: "failed" });
  expect((await db.prisma.flow.findUniqueOrThrow({ where: { id: flowId } })).pausedAt).toBeNull();
});

test("an execution that took down worker after worker is given up, with the reason", async () => {
  const id = await runningUnder("pool-killed");
  const other = await runningUnder("pool-killed");
  await db.pool.query(
    "update graphile_worker._private_jobs set attempts = $2, locked_by = null, locked_at = null where key = $1",
    [`execution:${id}`, MAX_TAKES],
  );
  expect(await giveUpSpent(db.pool)).toEqual([id]);
  expect(await entry(id)).toBeUndefined();
  expect(await entry(other)).toBeDefined();
  const execution = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
  expect(execution).toMatchObject({ status: "failed", fence: 2, error: { code: "given-up" } });
  expect(execution.reason).toContain("given up");
});

test("a spent entry that a newer one replaced says nothing about the execution", async () => {
  const id = await runningUnder("pool-killed");
  await enqueueExecutions(db.pool, [id]);
  await db.pool.query("update graphile_worker._private_jobs set locked_by = null, locked_at = null");
  expect(await giveUpSpent(db.pool)).toEqual([]);
  expect((await db.prisma.execution.findUniqueOrThrow({ where: { id } })).status).toBe("running");
  expect(await entry(id)).toMatchObject({ attempts: 0 });
});

test("an execution that fell out of the queue is put back, others are left alone", async () => {
  const old = new Date(Date.now() - 120_000);
  const create = (data: object) =>
    db.prisma.execution.create({ data: { id: randomUUID(), flowId, mode: "live", createdAt: old, ...data } });
  const lost = await create({ status: "queued" });
  const lostWaiting = await create({ status: "waiting", waitingUntil: old });
  const queued = await create({ status: "queued" });
  await enqueueExecutions(db.pool, [queued.id]);
  await create({ status: "queued", createdAt: new Date() });
  await create({ status: "waiting", waitingUntil: new Date(Date.now() + 60_000) });
  await create({ status: "succeeded" });
  const put = await requeueForgotten(db.pool);
  expect(new Set(put)).toEqual(new Set([lost.id, lostWaiting.id]));
  expect(await entry(lost.id)).toBeDefined();
  expect(await requeueForgotten(db.pool)).toEqual([]);
});

test("a lease is lost when its row is gone: others held the worker for dead", async () => {
  const lost = Promise.withResolvers<Error>();
  const held = await takeLease({ url: db.url, onCancel: () => {}, onLost: lost.resolve });
  await db.prisma.worker.delete({ where: { id: held.workerId } });
  expect((await lost.promise).message).toContain("held this one for dead");
  await held.release();
});
