import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/flow/json.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { withTransaction } from "../db/transaction.ts";
import { type LogEvent, readLogEvent } from "./log-event.ts";
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

    expect(receipt).toEqual({ accepted: 1, late: 0, duplicates: 0, executions: 1 });
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
    expect(await receive(events.slice(1))).toEqual({ accepted: 1, late: 0, duplicates: 2, executions: 1 });
    expect(await db.prisma.execution.count({ where: { event: { connectionId } } })).toBe(4);
  });

  test("an event standing twice in one list counts once", async () => {
    await listening([ADDED]);
    const [event] = eventsOf(1);
    if (!event) throw new Error("no event");
    expect(await receive([event, event])).toEqual({ accepted: 1, late: 0, duplicates: 1, executions: 1 });
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

    expect(await receive(eventsOf(2))).toEqual({ accepted: 2, late: 0, duplicates: 0, executions: 2 });
    const executions = await db.prisma.execution.findMany({ where: { event: { connectionId } } });
    expect(new Set(executions.map((execution) => execution.flowId))).toEqual(new Set([started.id]));
  });

  test("events nobody listens to are kept", async () => {
    expect(await receive(eventsOf(1))).toEqual({ accepted: 1, late: 0, duplicates: 0, executions: 0 });
  });

  test("what the transaction around it undoes leaves nothing behind", async () => {
    await listening([ADDED]);
    const jobs = "select count(*)::int as count from graphile_worker.jobs";
    const before = (await db.pool.query(jobs)).rows[0].count;
    const undone = withTransaction(db.pool, async (client) => {
      expect(
        await receiveEvents(client, { connectionId, source: "hook", events: eventsOf(3) }),
      ).toMatchObject({
        executions: 3,
      });
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

const at = (published: string, changes: JsonObject = {}) =>
  readLogEvent(oktaEvent({ published, ...changes }));
const fromLog = (events: LogEvent[], clockAheadMs = 0) =>
  receiveEvents(db.pool, { connectionId, source: "recovery", clockAheadMs, events });
const lateness = async () => {
  const events = await db.prisma.event.findMany({ where: { connectionId }, orderBy: { published: "asc" } });
  return events.map(({ late }) => late);
};

describe("an event that came late", () => {
  test("is marked when a later-published one about the same person is there already", async () => {
    await receive([at("2026-05-01T10:00:05Z", { eventType: "user.lifecycle.deactivate" })]);
    const receipt = await receive([at("2026-05-01T10:00:00Z", { eventType: "user.lifecycle.activate" })]);
    expect(receipt).toMatchObject({ accepted: 1, late: 1 });
    expect(await lateness()).toEqual([true, false]);
    const deliveries = await db.prisma.delivery.findMany({
      where: { connectionId },
      orderBy: { receivedAt: "asc" },
    });
    expect(deliveries.map(({ lateCount }) => lateCount)).toEqual([0, 1]);
    expect(deliveries[1]?.newestPublished?.toISOString()).toBe("2026-05-01T10:00:00.000Z");
  });

  test("is not one about somebody else, even in the same group", async () => {
    const group = { id: "00gSALES", type: "UserGroup" };
    await receive([at("2026-05-01T10:00:05Z", { target: [{ id: "00uBOB", type: "User" }, group] })]);
    await receive([at("2026-05-01T10:00:00Z", { target: [group, { id: "00uCID", type: "User" }] })]);
    expect(await lateness()).toEqual([false, false]);
  });

  test("is not one about nothing", async () => {
    await receive([at("2026-05-01T10:00:05Z", { target: null })]);
    await receive([at("2026-05-01T10:00:00Z", { target: null })]);
    expect(await lateness()).toEqual([false, false]);
  });

  test("of one millisecond starts its flow in the order in which Okta sent them", async () => {
    const flow = await listening([ADDED]);
    const sent = Array.from({ length: 8 }, () => at("2026-05-01T10:00:00.159Z"));
    await receive(sent);
    const { rows } = await db.pool.query<{ uuid: string }>(
      `select v.uuid from graphile_worker.jobs j
       join executions x on j.key = 'execution:' || x.id join events v on v.id = x.event_id
       where x.flow_id = $1 order by j.run_at`,
      [flow.id],
    );
    expect(rows.map(({ uuid }) => uuid)).toEqual(sent.map(({ uuid }) => uuid));
  });

  test("starts its flow all the same, in the order of publication within a delivery", async () => {
    await listening([ADDED]);
    await receive([at("2026-05-01T10:00:05Z"), at("2026-05-01T10:00:00Z"), at("2026-05-01T10:00:03Z")]);
    expect(await lateness()).toEqual([false, false, false]);
    const { rows } = await db.pool.query<{ published: Date }>(
      `select e.published from graphile_worker.jobs j
       join executions x on j.key = 'execution:' || x.id join events e on e.id = x.event_id
       where e.connection_id = $1 order by j.id`,
      [connectionId],
    );
    const seconds = rows.map(({ published }) => published.getUTCSeconds());
    expect(seconds).toEqual([0, 3, 5]);
  });
});

describe("an event of the System Log", () => {
  test("is marked recovered, and starts only flows that listened when it happened", async () => {
    const before = await listening([ADDED]);
    const after = await listening([ADDED]);
    const listensSince = (flowId: string, since: string) =>
      db.prisma.flowListener.updateMany({ where: { flowId }, data: { since: new Date(since) } });
    await listensSince(before.id, "2026-05-01T09:59:00Z");
    await listensSince(after.id, "2026-05-01T10:00:01Z");
    expect(await fromLog([at("2026-05-01T10:00:00Z")])).toMatchObject({ accepted: 1, executions: 1 });
    const [stored] = await db.prisma.event.findMany({
      where: { connectionId },
      include: { executions: true, delivery: true },
    });
    expect(stored).toMatchObject({ recovered: true, delivery: { source: "recovery" } });
    expect(stored?.executions.map(({ flowId }) => flowId)).toEqual([before.id]);
    // An org whose clock is two seconds behind ours: it happened after the flow was turned on.
    expect(await fromLog([at("2026-05-01T10:00:00Z")], -2000)).toMatchObject({ executions: 2 });
  });

  test("that the hook delivers as well is there once, whichever comes first", async () => {
    const events = eventsOf(2);
    const receipts = await Promise.all([fromLog(events), receive(events), fromLog(events)]);
    expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2);
  });
});

test("an execution has the severity its event card has", async () => {
  const { id } = await listening([ADDED]);
  await db.prisma.flowListener.updateMany({ where: { flowId: id }, data: { severity: "major" } });
  await receive(eventsOf(1));
  expect(await db.prisma.execution.findMany({ where: { flowId: id } })).toMatchObject([
    { severity: "major" },
  ]);
});
