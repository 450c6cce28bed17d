import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CardErrorDetails } from "#lib/cards/errors.ts";
import type { Actor } from "../accounts/actor.ts";
import { askBucket } from "../budget/shared-bucket.ts";
import { WAIT_CODES } from "../budget/waits.ts";
import type { Prisma } from "../db/generated/client.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { readBacklog } from "./backlog-rows.ts";
import { backlogOf, getBacklog } from "./get-backlog.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
const NOTHING = {
  ready: 0,
  running: 0,
  okta: 0,
  down: 0,
  line: 0,
  delay: 0,
  authorization: 0,
  paused: 0,
  attention: 0,
};
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let flowId: string;
beforeAll(async () => {
  stubServerEnv({});
  db = await openTestDatabase();
});
beforeEach(async () => {
  await db.pool.query("truncate executions, workers, rate_buckets cascade");
  flowId = (await addFlow(db)).id;
});
afterAll(() => db.drop());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const backlog = async () => backlogOf(await readBacklog(db.pool, null));

async function executions(count: number, data: Partial<Prisma.ExecutionUncheckedCreateInput>) {
  const made = Array.from({ length: count }, () => ({ id: randomUUID(), flowId, mode: "live", ...data }));
  await db.prisma.execution.createMany({ data: made });
  return made.map(({ id }) => id);
}

/** Executions that wait, each with a newest step that says why. */
async function waiting(
  count: number,
  seconds: number,
  error: Partial<CardErrorDetails> & { reason?: string },
) {
  const { reason = `Waits: ${error.code}.`, ...details } = error;
  const ids = await executions(count, { status: "waiting", reason, waitingUntil: inSeconds(seconds) });
  const step = { path: "c", status: "failed", startedAt: new Date() };
  await db.prisma.step.createMany({
    data: ids.flatMap((executionId) => [
      { ...step, executionId, attempt: 1, error: { kind: "unavailable", code: "earlier" } },
      { ...step, executionId, attempt: 2, error: { message: reason, ...details } as object },
    ]),
  });
}

const worker = (ended: number[], { silentFor = 0, lastEnd = 0 } = {}) =>
  db.prisma.worker.create({
    data: {
      id: randomUUID(),
      lockKey: 1,
      ended,
      startedAt: inSeconds(-600),
      heartbeatAt: inSeconds(-silentFor),
      lastEndedAt: inSeconds(-lastEnd),
    },
  });

test("nothing waits", async () => {
  await executions(3, { status: "succeeded" });
  expect(await backlog()).toMatchObject({
    all: NOTHING,
    readySince: null,
    oktaUntil: null,
    workers: 0,
    outlook: { kind: "clear" },
  });
});

test("each is counted by what it waits for", async () => {
  const { id: org } = await addConnection(db);
  await executions(2, { status: "queued" });
  await executions(1, { status: "running" });
  await executions(3, { status: "waiting", place: "line" });
  await executions(4, { status: "waiting", held: true });
  await executions(1, { status: "attention" });
  await executions(9, { status: "failed", waitingUntil: inSeconds(60) });
  await waiting(1, -5, { kind: "rateLimited", code: "E0000047" });
  await waiting(5, 20, { kind: "rateLimited", code: "E0000047" });
  await waiting(1, 30, { kind: "rateLimited", code: WAIT_CODES.slots, data: { org } });
  await waiting(2, 20, { kind: "rateLimited", code: WAIT_CODES.down, data: { org } });
  await waiting(3, 20, { kind: "unavailable", code: "E0000009" });
  await waiting(2, 20, { kind: "unauthorized", code: "connection-broken" });
  const { all, readySince, oktaUntil } = await backlog();
  expect(all).toEqual({
    ready: 3,
    running: 1,
    okta: 6,
    down: 2,
    line: 3,
    delay: 3,
    authorization: 2,
    paused: 4,
    attention: 1,
  });
  expect(Date.now() - Date.parse(readySince ?? "")).toBeGreaterThanOrEqual(5_000);
  expect(Math.abs(Date.parse(oktaUntil ?? "") - inSeconds(30).getTime())).toBeLessThan(5_000);
});

test("one that a person retried waits since then, not since it came", async () => {
  await executions(1, { status: "queued", fence: 2, createdAt: inSeconds(-86_400) });
  expect((await backlog()).readySince).toBeNull();
  await executions(1, { status: "queued", createdAt: inSeconds(-30) });
  expect(Math.abs(Date.parse((await backlog()).readySince ?? "") - inSeconds(-30).getTime())).toBeLessThan(
    5_000,
  );
});

test("the pace is that of the workers that live, and tells when it is done", async () => {
  await executions(100, { status: "queued", createdAt: inSeconds(-30) });
  expect((await backlog()).outlook).toEqual({ kind: "no-worker" });
  await worker([500, 500, 500, 500, 500, 500], { silentFor: 30 });
  expect((await backlog()).outlook).toEqual({ kind: "no-worker" });
  await worker([25, 25, 25, 25, 25, 25, 25]);
  await worker([75, 75, 75, 75, 75, 75, 75]);
  expect(await backlog()).toMatchObject({
    workers: 2,
    endedPerSecond: 20,
    arrivedPerSecond: 0,
    outlook: { kind: "done", inSeconds: 5, by: "pace" },
  });
  await executions(400, {});
  expect(await backlog()).toMatchObject({ arrivedPerSecond: 400 / 15, outlook: { kind: "growing" } });
});

test("where nothing ends it is told since when", async () => {
  await executions(100, { status: "queued", createdAt: inSeconds(-600) });
  await worker(Array(12).fill(0), { lastEnd: 100 });
  const { outlook } = await backlog();
  if (outlook.kind !== "standing") throw new Error(`The outlook is ${outlook.kind}.`);
  expect(Math.abs(Date.parse(outlook.since) - inSeconds(-100).getTime())).toBeLessThan(5_000);
});

test("those that wait for a rate limit of an org are done as it refills, a minute at a time", async () => {
  const { id: org } = await addConnection(db);
  const bucket = "write /api/v1/groups";
  const seen = { limit: 10, remaining: 5, endsInMs: 40_000, window: 9 };
  await askBucket(db.pool, { connectionId: org, bucket }, { used: 5, seen }, null);
  await askBucket(db.pool, { connectionId: org, bucket: "other" }, { used: 5, seen }, null);
  await waiting(11, 41, { kind: "rateLimited", code: WAIT_CODES.budget, data: { org, bucket } });
  await worker(Array(12).fill(1));
  const { outlook } = await backlog();
  if (outlook.kind !== "done") throw new Error(`The outlook is ${outlook.kind}.`);
  // Half of 10 calls is left to others: 5 with the window's end, 5 a minute later, one two minutes later.
  expect(outlook.by).toBe("okta");
  expect(outlook.inSeconds).toBeGreaterThan(120 + 30);
  expect(outlook.inSeconds).toBeLessThanOrEqual(120 + 40);
});

test("those of one flow are counted beside all, and who asks at the same time is told what was read once", async () => {
  await executions(2, { status: "queued" });
  const other = (await addFlow(db)).id;
  await executions(3, { status: "queued", flowId: other });
  const [some, all] = await Promise.all([getBacklog(ann, { flowId: other }), getBacklog(ann, {})]);
  expect(some).toEqual({ ...all, ofFlow: { ...NOTHING, ready: 3 } });
  expect(all).toMatchObject({ all: { ready: 5 }, ofFlow: null });
});
