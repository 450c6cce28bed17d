import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { withTransaction } from "../db/transaction.ts";
import { readLogEvent } from "./log-event.ts";
import { receiveEvents } from "./receive-events.ts";
import { oktaEvent } from "./test-events.ts";

const ADDED = "group.user_membership.add";
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  connectionId = (await addConnection(db)).id;
});

const listening = (eventTypes: string[], on = connectionId) =>
  addFlow(db, { listensTo: { connectionId: on, eventTypes } });
const eventsOf = (count: number) => Array.from({ length: count }, () => readLogEvent(oktaEvent()));
const receive = (events: ReturnType<typeof eventsOf>) =>
  receiveEvents(db.pool, { connectionId, source: "hook", events });
const jobsOf = async (executionIds: string[]) => {
  const keys = executionIds.map((id) => `execution:${id}`);
  const { rows } = await db.pool.query("select key from graphile_worker.jobs where key = any($1)", [keys]);
  return rows.length;
};

describe("taking events in", () => {
  test("stores event, delivery, execution and queue entry together", async () => {
    const flow = await listening([ADDED]);
    const event = readLogEvent(oktaEvent());
    const envelope = {
      eventId: "d1",
      eventTime: "2026-05-01T10:00:01.093Z",
      source: "https://acme.okta.com/x",
    };
    const receipt = await receiveEvents(db.pool, { connectionId, source: "hook", envelope, events: [event] });

    expect(receipt).toEqual({ accepted: 1, duplicates: 0, executions: 1 });
    const stored = await db.prisma.event.findFirstOrThrow({
      where: { connectionId },
      include: { delivery: true, executions: true },
    });
    expect(stored.uuid).toBe(event.uuid);
    expect(stored.published.toISOString()).toBe("2026-05-01T10:00:00.159Z");
    expect(stored.payload).toEqual({ ...event.payload, envelope });
    expect(stored.delivery).toMatchObject({
      source: "hook",
      envelopeId: "d1",
      eventCount: 1,
      duplicateCount: 0,
    });
    expect(stored.executions).toMatchObject([
      {
        flowId: flow.id,
        versionId: flow.versionId,
        mode: "live",
        status: "queued",
        subject: "Ann Lee (ann@acme.example), Sales, by Joe Admin (joe@acme.example)",
      },
    ]);
    expect(await jobsOf(stored.executions.map((execution) => execution.id))).toBe(1);
  });

  test("the same delivery twenty times at once starts each flow once", async () => {
    await listening([ADDED]);
    await listening([ADDED]);
    const events = eventsOf(5);
    const receipts = await Promise.all(
      // Each in another order, as a retry may regroup them: that must not deadlock either.
      Array.from({ length: 20 }, (_, turn) =>
        receive([...events.slice(turn % 5), ...events.slice(0, turn % 5)]),
      ),
    );

    expect(receipts.reduce((sum, receipt) => sum + receipt.accepted, 0)).toBe(5);
    expect(receipts.reduce((sum, receipt) => sum + receipt.duplicates, 0)).toBe(95);
    expect(await db.prisma.event.count({ where: { connectionId } })).toBe(5);
    expect(await db.prisma.execution.count({ where: { event: { connectionId } } })).toBe(10);
    const deliveries = await db.prisma.delivery.findMany({ where: { connectionId } });
    expect(deliveries).toHaveLength(20);
    expect(deliveries.reduce((sum, delivery) => sum + delivery.duplicateCount, 0)).toBe(95);
  });

  test("of a partly overlapping list only new events start flows", async () => {
    await listening([ADDED]);
    const events = eventsOf(4);
    await receive(events.slice(0, 3));
    expect(await receive(events.slice(1))).toEqual({ accepted: 1, duplicates: 2, executions: 1 });
    expect(await db.prisma.execution.count({ where: { event: { connectionId } } })).toBe(4);
  });

  test("an event standing twice in one list counts once", async () => {
    await listening([ADDED]);
    const [event] = eventsOf(1);
    if (!event) throw new Error("no event");
    expect(await receive([event, event])).toEqual({ accepted: 1, duplicates: 1, executions: 1 });
  });

  test("the same uuid from another org is another event", async () => {
    const other = (await addConnection(db)).id;
    const events = eventsOf(1);
    await receive(events);
    expect(await receiveEvents(db.pool, { connectionId: other, source: "log", events })).toMatchObject({
      accepted: 1,
    });
  });

  test("only live flows that listen to the type on this connection are started", async () => {
    const other = (await addConnection(db)).id;
    await listening(["user.lifecycle.create"]);
    await listening([ADDED], other);
    const off = await listening([ADDED]);
    await db.prisma.flow.update({ where: { id: off.id }, data: { on: false } });
    const deleted = await listening([ADDED]);
    await db.prisma.flow.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } });
    const started = await listening([ADDED, "user.lifecycle.create"]);

    expect(await receive(eventsOf(2))).toEqual({ accepted: 2, duplicates: 0, executions: 2 });
    const executions = await db.prisma.execution.findMany({ where: { event: { connectionId } } });
    expect(new Set(executions.map((execution) => execution.flowId))).toEqual(new Set([started.id]));
  });

  test("events nobody listens to are kept", async () => {
    expect(await receive(eventsOf(1))).toEqual({ accepted: 1, duplicates: 0, executions: 0 });
  });

  test("what the transaction around it undoes leaves nothing behind", async () => {
    await listening([ADDED]);
    const jobs = "select count(*)::int as count from graphile_worker.jobs";
    const before = (await db.pool.query(jobs)).rows[0].count;
    const undone = withTransaction(db.pool, async (client) => {
      expect(await receiveEvents(client, { connectionId, source: "log", events: eventsOf(3) })).toMatchObject(
        {
          executions: 3,
        },
      );
      throw new Error("the cursor could not be saved");
    });
    await expect(undone).rejects.toThrow("the cursor could not be saved");
    expect(await db.prisma.event.count({ where: { connectionId } })).toBe(0);
    expect(await db.prisma.delivery.count({ where: { connectionId } })).toBe(0);
    expect((await db.pool.query(jobs)).rows[0].count).toBe(before);
  });

  test("a list with one event the database refuses stores none of them", async () => {
    const events = [...eventsOf(2), { ...readLogEvent(oktaEvent()), published: "the day before yesterday" }];
    await expect(receive(events)).rejects.toThrow();
    expect(await db.prisma.event.count({ where: { connectionId } })).toBe(0);
  });

  test("texts PostgreSQL refuses are repaired, not lost", async () => {
    const target = [{ displayName: "A\u0000nn \ud800", alternateId: "ann@acme.example" }];
    await listening([ADDED]);
    await receive([readLogEvent(oktaEvent({ target }))]);
    const stored = await db.prisma.event.findFirstOrThrow({
      where: { connectionId },
      include: { executions: true },
    });
    expect(stored.payload).toMatchObject({ target: [{ displayName: "A␀nn �" }] });
    expect(stored.executions[0]?.subject).toContain("A␀nn �");
  });

  test("an unknown connection is an error and stores nothing", async () => {
    const unknown = randomUUID();
    await expect(
      receiveEvents(db.pool, { connectionId: unknown, source: "hook", events: eventsOf(1) }),
    ).rejects.toThrow();
  });
});
