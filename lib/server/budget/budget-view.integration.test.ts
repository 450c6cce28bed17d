import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { updateConnection } from "../connections/change-connection.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { getBudget } from "./budget-view.ts";
import { askBucket } from "./shared-bucket.ts";
import { WAIT_CODES, waitError } from "./waits.ts";

const ann: Actor = { kind: "user", id: "ann", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  stubServerEnv({});
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** An execution whose newest step was sent away with this error. */
async function waiting(org: string, bucket?: string, flowId?: string) {
  const flow = flowId ?? (await addFlow(db)).id;
  const { details, message } = waitError(WAIT_CODES.budget, `it waits for ${bucket}.`, 60_000, {
    org,
    bucket,
  });
  const { id } = await db.prisma.execution.create({
    data: { flowId: flow, mode: "live", status: "waiting", reason: message },
  });
  const error = { message, data: details.data ?? {} };
  const step = { path: "c", attempt: 1, status: "failed", startedAt: new Date(), error };
  await db.prisma.step.create({ data: { executionId: id, ...step } });
}

test("shows what was used of each bucket in this window and the one before, and who waits for it", async () => {
  const { id } = await addConnection(db);
  const other = await addConnection(db);
  const name = { connectionId: id, bucket: "GET /api/v1/users" };
  const seen = { limit: 600, remaining: 580, endsInMs: 60_000, window: 9 };
  await askBucket(db.pool, name, { used: 20, seen }, null);
  const { id: flow } = await addFlow(db);
  for (let more = 0; more < 3; more++) await waiting(id, name.bucket, flow);
  await waiting(id, name.bucket);
  await waiting(id, undefined, flow);
  await waiting(other.id, name.bucket);
  expect(await getBudget(ann, id)).toEqual({
    reservePercent: 50,
    maxCalls: 30,
    waiting: 5,
    down: null,
    buckets: [
      {
        name: "GET /api/v1/users",
        limit: 600,
        reserved: 300,
        remaining: 580,
        resetAt: expect.any(String),
        used: 20,
        usedBefore: 0,
        waiting: 4,
      },
    ],
  });
  await db.pool.query("update rate_buckets set ends_at = now() - interval '1 second'");
  expect((await getBudget(ann, id)).buckets).toMatchObject([
    { remaining: null, resetAt: null, used: 0, usedBefore: 20 },
  ]);
});

test("what Okta counts together is one line", async () => {
  const { id } = await addConnection(db);
  const seen = { limit: 100, remaining: 80, endsInMs: 60_000, window: 9 };
  const report = (bucket: string, used: number, remaining: number, more: object = {}) =>
    askBucket(db.pool, { connectionId: id, bucket }, { used, seen: { ...seen, remaining }, ...more }, null);
  await report("GET /api/v1/groups", 10, 90);
  await report("write /api/v1/groups/{id}", 20, 70);
  const apart = { window: 9, buckets: ["GET /api/v1/groups", "write /api/v1/groups/{id}"] };
  await report("GET /api/v1/apps", 5, 95, { apart });
  await waiting(id, "GET /api/v1/groups");
  await waiting(id, "write /api/v1/groups/{id}");
  expect((await getBudget(ann, id)).buckets).toMatchObject([
    { name: "GET /api/v1/groups, write /api/v1/groups/{id}", used: 30, remaining: 70, waiting: 2 },
    { name: "GET /api/v1/apps", used: 5, remaining: 95, waiting: 0 },
  ]);
});

test("a bucket of a connection that was deleted is not kept", async () => {
  const { id } = await addConnection(db);
  await db.prisma.connection.delete({ where: { id } });
  const name = { connectionId: id, bucket: "GET /api/v1/users" };
  expect(await askBucket(db.pool, name, { used: 1 }, 50)).toEqual({ kind: "probe" });
  expect(await db.prisma.rateBucket.count({ where: { connectionId: id } })).toBe(0);
});

test("reserve and calls at once are changed by themselves, and who did is kept", async () => {
  const { id, name } = await addConnection(db);
  await updateConnection(ann, id, { reservePercent: 80 });
  await updateConnection(ann, id, { maxCalls: 5 });
  expect(await getBudget(ann, id)).toMatchObject({ reservePercent: 80, maxCalls: 5 });
  const entries = await db.prisma.auditEntry.findMany({ where: { objectId: id }, orderBy: { id: "asc" } });
  expect(entries.map(({ detail }) => detail)).toMatchObject([{ reservePercent: 80 }, { maxCalls: 5 }]);
  expect((await db.prisma.connection.findUniqueOrThrow({ where: { id } })).name).toBe(name);
});
