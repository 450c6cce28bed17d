import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { claimExecution } from "../executor/claim.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { LINE_REASONS, letAllNext, letNext, lineSettings } from "./lines.ts";
import { requeueForgotten } from "./sweep.ts";

const TYPE = "user.session.start";
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
beforeEach(async () => {
  await db.prisma.execution.deleteMany();
  await db.pool.query("delete from graphile_worker._private_jobs");
  connectionId = (await addConnection(db)).id;
});
afterAll(() => db.drop());

const flowWith = (settings: FlowSettings) =>
  addFlow(db, { document: documentOf({ settings }), listensTo: { connectionId, eventTypes: [TYPE] } });

/** An event about a person, published at a second of the same minute. @returns the execution it started */
async function happened(person: string, second: number): Promise<string> {
  const published = new Date(Date.UTC(2026, 4, 1, 10, 0, second)).toISOString();
  const target = [{ id: person, type: "User", alternateId: `${person}@acme.example`, displayName: person }];
  const event = readLogEvent(oktaEvent({ eventType: TYPE, published, target }));
  await receiveEvents(db.pool, { connectionId, source: "hook", events: [event] });
  const { id } = await db.prisma.execution.findFirstOrThrow({ where: { event: { uuid: event.uuid } } });
  return id;
}

async function claim(id: string): Promise<boolean> {
  const claimed = await claimExecution(db.pool, id);
  // Taken from the queue by the worker that claims it.
  await db.pool.query("delete from graphile_worker._private_jobs where key = $1", [`execution:${id}`]);
  return claimed !== undefined;
}

/** As a worker does with an execution it has. */
async function leave(flowId: string, id: string, status: string): Promise<void> {
  await db.prisma.execution.update({ where: { id }, data: { status } });
  if (status !== "waiting") await letNext(db.pool, flowId, id);
}

const stateOf = async (id: string) => {
  const { status, place, reason } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
  return { status, place, reason };
};
const queued = async () => {
  const { rows } = await db.pool.query<{ key: string }>("select key from graphile_worker.jobs");
  return rows.map(({ key }) => key.replace("execution:", ""));
};

test("a flow without a line is claimed with one statement", async () => {
  await flowWith({});
  const id = await happened("ann", 0);
  let statements = 0;
  const counting = new Proxy(db.pool, {
    get: (pool, key) => {
      if (key === "query" || key === "connect") statements += 1;
      const value = Reflect.get(pool, key);
      return typeof value === "function" ? value.bind(pool) : value;
    },
  });
  expect(await claimExecution(counting, id)).toMatchObject({ letIn: false });
  expect(statements).toBe(1);
});

test("however many are claimed at once, no more than the limit are let in; the others wait in no queue", async () => {
  await flowWith({ concurrency: 2 });
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await happened(`p${n}`, n));
  const claimed = await Promise.all(ids.map(claim));
  expect(claimed.filter(Boolean)).toHaveLength(2);
  const waiting = ids.filter((_, index) => !claimed[index]);
  expect(await Promise.all(waiting.map(stateOf))).toEqual(
    Array(10).fill({ status: "waiting", place: "line", reason: LINE_REASONS.limit(2) }),
  );
  expect(await queued()).toEqual([]);
});

test.each(["succeeded", "failed", "cancelled", "attention"])(
  "an execution that is left %s is followed by the one that came first",
  async (status) => {
    const { id: flowId } = await flowWith({ concurrency: 1 });
    const [one, two, three] = [await happened("a", 0), await happened("b", 1), await happened("c", 2)];
    expect([await claim(one), await claim(two), await claim(three)]).toEqual([true, false, false]);
    await leave(flowId, one, status);
    expect(await queued()).toEqual([two]);
    expect(await claim(two)).toBe(true);
    expect(await queued()).toEqual([]);
    expect(await stateOf(three)).toMatchObject({ status: "waiting", place: "line" });
  },
);

test("an execution that waits for Okta keeps its place, and is claimed again", async () => {
  const { id: flowId } = await flowWith({ concurrency: 1 });
  const [one, two] = [await happened("a", 0), await happened("b", 1)];
  expect([await claim(one), await claim(two)]).toEqual([true, false]);
  await leave(flowId, one, "waiting");
  expect(await letAllNext(db.pool)).toEqual([]);
  expect(await claim(one)).toBe(true);
});

test("executions about one person run by when their events were published, those about others at once", async () => {
  const { id: flowId } = await flowWith({ order: "per-user" });
  const [older, other] = [await happened("ann", 1), await happened("bob", 2)];
  const [newer, newest] = [await happened("ann", 3), await happened("ann", 4)];
  expect([await claim(newest), await claim(newer), await claim(other)]).toEqual([false, false, true]);
  expect(await stateOf(newest)).toEqual({ status: "waiting", place: "line", reason: LINE_REASONS.person });
  expect(await claim(older)).toBe(true);
  await leave(flowId, older, "failed");
  expect(await queued()).toEqual([newer]);
  expect(await claim(newer)).toBe(true);
  await leave(flowId, newer, "succeeded");
  expect(await queued()).toEqual([newest]);
});

test("an older event that comes late waits for the newer one that runs, and runs then, marked as late", async () => {
  const { id: flowId } = await flowWith({ order: "per-user" });
  const newer = await happened("ann", 5);
  expect(await claim(newer)).toBe(true);
  const late = await happened("ann", 1);
  expect(await claim(late)).toBe(false);
  await leave(flowId, newer, "succeeded");
  expect(await claim(late)).toBe(true);
  const { event } = await db.prisma.execution.findUniqueOrThrow({
    where: { id: late },
    include: { event: true },
  });
  expect(event?.late).toBe(true);
});

test("an execution that needs attention holds up those about its person, who are told; not those about others", async () => {
  const { id: flowId } = await flowWith({ order: "per-user", concurrency: 1 });
  const [one, next, other] = [await happened("ann", 0), await happened("ann", 1), await happened("bob", 3)];
  expect([await claim(one), await claim(next), await claim(other)]).toEqual([true, false, false]);
  await leave(flowId, one, "attention");
  expect(await queued()).toEqual([other]);
  expect((await stateOf(next)).reason).toBe(LINE_REASONS.attention);
  expect(await claim(other)).toBe(true);
  await leave(flowId, other, "succeeded");
  const last = await happened("ann", 2);
  expect(await claim(last)).toBe(false);
  expect((await stateOf(last)).reason).toBe(LINE_REASONS.attention);
  // A person cancels it; nobody tells the line.
  await db.prisma.execution.update({ where: { id: one }, data: { status: "cancelled" } });
  expect(await letAllNext(db.pool)).toEqual([next]);
});

test("nobody waits for ever for one that ended in nobody's hands, nor is taken for fallen out of the queue", async () => {
  await flowWith({ concurrency: 1 });
  const [one, two] = [await happened("a", 0), await happened("b", 1)];
  expect([await claim(one), await claim(two)]).toEqual([true, false]);
  await db.pool.query("update executions set created_at = now() - interval '1 hour'");
  expect(await requeueForgotten(db.pool)).toEqual([one]);
  await db.prisma.execution.update({ where: { id: one }, data: { status: "failed" } });
  expect(await letAllNext(db.pool)).toEqual([two]);
  expect((await queued()).toSorted()).toEqual([one, two].toSorted());
});

test("with the settings gone all in line are let in; a pause keeps them there", async () => {
  const { id: flowId } = await flowWith({ concurrency: 1 });
  const ids = [await happened("a", 0), await happened("b", 1), await happened("c", 2)];
  for (const id of ids) await claim(id);
  await db.prisma.flow.update({
    where: { id: flowId },
    data: { ...lineSettings({}), pausedAt: new Date(), pausedKind: "person" },
  });
  expect(await letAllNext(db.pool)).toEqual([]);
  await db.prisma.flow.update({ where: { id: flowId }, data: { pausedAt: null } });
  expect((await letAllNext(db.pool)).toSorted()).toEqual(ids.slice(1).toSorted());
});

test("one taken over from a worker that died is claimed again, past the line", async () => {
  await flowWith({ concurrency: 1 });
  const [one, two] = [await happened("a", 0), await happened("b", 1)];
  expect([await claim(one), await claim(two)]).toEqual([true, false]);
  expect(await claim(one)).toBe(true);
  expect(await claim(two)).toBe(false);
});

test("tests of a flow stand in no line", async () => {
  const { id: flowId, versionId } = await flowWith({ concurrency: 1 });
  expect(await claim(await happened("a", 0))).toBe(true);
  const { id } = await db.prisma.execution.create({ data: { flowId, versionId, mode: "test" } });
  expect(await claim(id)).toBe(true);
});
