import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { intakeCounts } from "../intake/intake-counts.ts";
import { log } from "../log.ts";
import { expireExecutions } from "./expire-executions.ts";
import { retainRound } from "./retention-keeper.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.pool.query("truncate flows, connections, bulk_runs cascade"));

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

/** As flowdeck_uuidv7 would have made it that day. */
const idFrom = (at: Date) =>
  at
    .getTime()
    .toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})(.{4})$/, "$1-$2") + randomUUID().slice(13).replace(/^-4/, "-7");

async function flowKeeping(settings: FlowSettings) {
  return addFlow(db, { document: documentOf({ settings }) });
}

/** An execution with two steps that ended so many days ago; `more` as in the table. */
async function ended(flow: { id: string; versionId: string }, days: number, more: object = {}) {
  const at = daysAgo(days);
  const { id } = await db.prisma.execution.create({
    data: {
      flowId: flow.id,
      versionId: flow.versionId,
      mode: "live",
      status: "succeeded",
      createdAt: at,
      finishedAt: at,
      steps: {
        create: ["a", "b"].map((path) => ({
          path,
          attempt: 1,
          status: "succeeded",
          inputs: { user: "ann" },
          startedAt: at,
        })),
      },
      ...more,
    },
  });
  return id;
}

async function arrived(connectionId: string, days: number) {
  const receivedAt = daysAgo(days);
  const delivery = await db.prisma.delivery.create({
    data: { connectionId, source: "hook", eventCount: 1, receivedAt },
  });
  return db.prisma.event.create({
    data: {
      id: idFrom(receivedAt),
      connectionId,
      uuid: randomUUID(),
      eventType: "user.lifecycle.create",
      published: receivedAt,
      receivedAt,
      deliveryId: delivery.id,
      payload: { target: "ann" },
    },
  });
}

const left = async () => (await db.prisma.execution.findMany()).map(({ id }) => id).sort();

describe("executions", () => {
  test("go so many days after their end as their flow says, 30 where it does not say", async () => {
    const short = await flowKeeping({ keepDays: 7 });
    const usual = await flowKeeping({});
    const stay = [await ended(short, 6), await ended(usual, 29), await ended(usual, 8)];
    await ended(short, 8);
    await ended(usual, 31);
    expect(await retainRound(db, false)).toMatchObject({ executions: 2 });
    expect(await left()).toEqual(stay.sort());
    expect(await db.prisma.step.count()).toBe(stay.length * 2);
  });

  test("are counted by flow, day, mode and status when they go, also in several turns", async () => {
    const flow = await flowKeeping({ keepDays: 1 });
    for (const status of ["succeeded", "failed", "succeeded"]) await ended(flow, 5, { status });
    await retainRound(db, false);
    await ended(flow, 5);
    await retainRound(db, false);
    const days = await db.prisma.executionDay.findMany({ orderBy: { status: "asc" } });
    const day = new Date(daysAgo(5).toISOString().slice(0, 10));
    expect(days).toEqual([
      { flowId: flow.id, day, mode: "live", status: "failed", count: 1 },
      { flowId: flow.id, day, mode: "live", status: "succeeded", count: 3 },
    ]);
  });

  test("that have not ended stay, however old they are", async () => {
    const flow = await flowKeeping({ keepDays: 1 });
    for (const status of ["queued", "running", "waiting", "attention"])
      await ended(flow, 90, { status, finishedAt: null });
    expect(await retainRound(db, false)).toMatchObject({ executions: 0 });
    expect(await left()).toHaveLength(4);
  });

  test("that began long ago and ended just now stay", async () => {
    const flow = await flowKeeping({ keepDays: 1 });
    await ended(flow, 90, { finishedAt: new Date() });
    await retainRound(db, false);
    expect(await left()).toHaveLength(1);
  });

  test("that were retried stay as long as the retries, and go after them", async () => {
    const flow = await flowKeeping({ keepDays: 10 });
    const first = await ended(flow, 20, { status: "failed" });
    const retries = [await ended(flow, 5, { retryOfId: first }), await ended(flow, 5, { retryOfId: first })];
    await retainRound(db, false);
    expect(await left()).toEqual([first, ...retries].sort());
    await db.pool.query(
      "update executions set created_at = $1, finished_at = $1 where retry_of_id is not null",
      [daysAgo(11)],
    );
    await retainRound(db, false);
    await retainRound(db, false);
    expect(await left()).toEqual([]);
  });

  test("somebody works on are left for the next turn, without waiting", async () => {
    const flow = await flowKeeping({ keepDays: 1 });
    const held = await ended(flow, 5);
    await ended(flow, 5);
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      await client.query("select 1 from executions where id = $1 for update", [held]);
      expect(await expireExecutions(db.pool, { flowId: flow.id, days: 1 }, 10)).toBe(1);
    } finally {
      await client.query("rollback");
      client.release();
    }
    expect(await left()).toEqual([held]);
  });

  test("of a run by hand go as its flow says, but not while it is under way; the run stays 30 days", async () => {
    const flow = await flowKeeping({ keepDays: 1 });
    const bulk = { kind: "card", title: "Suspend", total: 1, createdBy: "test" };
    const add = (days: number, status: string) =>
      db.prisma.bulkRun.create({
        data: { id: randomUUID(), ...bulk, status, createdAt: daysAgo(days), finishedAt: daysAgo(days) },
      });
    const runs = [await add(31, "finished"), await add(5, "finished"), await add(5, "running")];
    for (const { id } of runs) await ended(flow, 5, { bulkId: id });
    expect(await retainRound(db, false)).toMatchObject({ bulkRuns: 1, executions: 2 });
    expect(await db.prisma.execution.findMany()).toMatchObject([{ bulkId: runs[2]?.id }]);
  });
});

describe("events and deliveries", () => {
  test("go after 30 days when nothing needs them; the counters of all time stay", async () => {
    const connection = await addConnection(db);
    const flow = await flowKeeping({ keepDays: 365 });
    const needed = await arrived(connection.id, 40);
    await ended(flow, 40, { eventId: needed.id });
    await arrived(connection.id, 41);
    await arrived(connection.id, 31);
    const young = await arrived(connection.id, 29);
    const before = (await intakeCounts(db.pool, connection.id)).allTime;
    expect(await retainRound(db, true)).toMatchObject({ executions: 0, events: 2, deliveries: 2 });
    const events = await db.prisma.event.findMany({ orderBy: { receivedAt: "asc" } });
    expect(events.map(({ id }) => id)).toEqual([needed.id, young.id]);
    expect(await db.prisma.delivery.count()).toBe(2);
    expect(before.delivered).toBe(4);
    expect((await intakeCounts(db.pool, connection.id)).allTime).toEqual(before);
  });

  test("an execution that goes takes its event with it", async () => {
    const connection = await addConnection(db);
    const event = await arrived(connection.id, 40);
    await ended(await flowKeeping({}), 40, { eventId: event.id });
    expect(await retainRound(db, true)).toMatchObject({ executions: 1, events: 1, deliveries: 1 });
  });
});

describe("values a flow never keeps", () => {
  test("go also from executions that were ended by others", async () => {
    const flow = await flowKeeping({ keep: "never" });
    const other = await flowKeeping({ keep: "on-failure" });
    const recently = {
      createdAt: new Date(Date.now() - 3_600_000),
      finishedAt: new Date(Date.now() - 1_800_000),
    };
    const cancelled = await ended(flow, 0, { status: "cancelled", ...recently });
    const kept = await ended(other, 0, { status: "failed", ...recently });
    expect(await retainRound(db, false)).toMatchObject({ blanked: 1 });
    const withValues = await db.prisma.step.findMany({ where: { inputs: { not: {} } } });
    expect(new Set(withValues.map(({ executionId }) => executionId))).toEqual(new Set([kept]));
    const row = await db.prisma.execution.findUniqueOrThrow({ where: { id: cancelled } });
    expect(row.blanked).toBe("not-kept");
  });
});

describe("the event of an execution that keeps no values", () => {
  const stored = async (id: string) => {
    const { payload, about, uuid, eventType } = await db.prisma.event.findUniqueOrThrow({ where: { id } });
    return { payload, about, known: { uuid, eventType } };
  };

  test("is deleted a day after the end, but for what tells that it came before", async () => {
    const event = await arrived((await addConnection(db)).id, 2);
    const flow = await flowKeeping({ keep: "never" });
    const more = { blanked: "not-kept", eventId: event.id, subject: "Ann Lee" };
    const old = await ended(flow, 2, { ...more, eventId: null, trigger: { eventType: "x", actor: "Ann" } });
    const id = await ended(flow, 1.1, more);
    expect(await retainRound(db, false)).toMatchObject({ forgotten: 2 });
    const { uuid, eventType } = event;
    const sentence = expect.not.stringContaining("ann");
    expect(await stored(event.id)).toEqual({
      about: null,
      known: { uuid, eventType },
      payload: { uuid, eventType, published: null, displayMessage: sentence, erased: true },
    });
    const rows = await db.prisma.execution.findMany({ where: { id: { in: [old, id] } } });
    expect(rows.map(({ blanked, subject }) => [blanked, subject])).toEqual([
      ["erased", ""],
      ["erased", ""],
    ]);
    expect(rows.find((row) => row.id === old)?.trigger).toEqual({ eventType: "x", erased: true });
    expect(await retainRound(db, false)).toMatchObject({ forgotten: 0 });
  });

  test("stays as long as another flow keeps it, or its own may want to run it again", async () => {
    const { id: connectionId } = await addConnection(db);
    const [shared, fresh] = [await arrived(connectionId, 2), await arrived(connectionId, 2)];
    const flow = await flowKeeping({ keep: "never" });
    await ended(flow, 2, { blanked: "not-kept", eventId: shared.id });
    await ended(await flowKeeping({}), 2, { eventId: shared.id });
    const recent = await ended(flow, 0.5, { blanked: "not-kept", eventId: fresh.id });
    expect(await retainRound(db, false)).toMatchObject({ forgotten: 1 });
    expect((await stored(shared.id)).payload).toEqual({ target: "ann" });
    expect((await stored(fresh.id)).payload).toEqual({ target: "ann" });
    const row = await db.prisma.execution.findUniqueOrThrow({ where: { id: recent } });
    expect(row.blanked).toBe("not-kept");
  });
});
