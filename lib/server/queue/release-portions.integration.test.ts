import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { raiseAlarm } from "../alarms/alarms.ts";
import { addConnection, addFlow, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { claimExecution } from "../executor/claim.ts";
import { pauseFlow, resumeFlow } from "../flows/pause-flow.ts";
import { deleteFlow } from "../flows/publish-flow.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { PRIORITY } from "./enqueue.ts";
import { release, releaseStranded } from "./release.ts";

vi.mock("../connections/hook.ts", () => ({ syncHook: async () => {} }));

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;
let flow: string;
beforeAll(async () => {
  stubServerEnv();
  db = await openTestDatabase();
  log.level = "silent";
});
beforeEach(async () => {
  await db.pool.query("delete from graphile_worker._private_jobs");
  await db.prisma.execution.deleteMany();
  connectionId = (await addConnection(db)).id;
  flow = await listening("test.kept");
});
afterAll(() => db.drop());

const listening = async (eventType: string) =>
  (await addFlow(db, { listensTo: { connectionId, eventTypes: [eventType] } })).id;

/** Events that happened in these seconds, in one delivery. */
function arrive(seconds: number[], eventType = "test.kept") {
  const events = seconds.map((second) =>
    readLogEvent(
      oktaEvent({ eventType, published: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString() }),
    ),
  );
  return receiveEvents(db.pool, { connectionId, source: "hook", events });
}

/** When the events happened whose executions are in the queue, in the order in which they are taken. */
async function queued(priority: number | null = null): Promise<number[]> {
  const { rows } = await db.pool.query<{ second: number }>(
    `select extract(epoch from v.published - timestamptz '2026-01-01Z')::int as second
     from graphile_worker._private_jobs j join executions e on j.key = 'execution:' || e.id
     join events v on v.id = e.event_id
     where j.run_at <= now() and ($1::int is null or j.priority = $1) order by j.priority, j.run_at, j.id`,
    [priority],
  );
  return rows.map(({ second }) => second);
}
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
const held = () => db.prisma.execution.count({ where: { flowId: flow, held: true } });

/** What a resume does before its process dies: the flow runs again, and a first portion is released. */
const begin = (portion: number) =>
  db.prisma.$transaction(async (tx) => {
    await tx.flow.update({ where: { id: flow }, data: { pausedAt: null, pausedKind: null } });
    return release(tx, flow, portion);
  });

/** Ten in the queue since before the pause, of which two were kept back by a claim, and twenty that came since. */
async function kept(): Promise<void> {
  await arrive(upTo(10, 5));
  await pauseFlow(ann, flow, {});
  const standing = await db.prisma.execution.findMany({
    where: { flowId: flow },
    orderBy: { event: { published: "asc" } },
  });
  for (const { id } of standing.slice(0, 2)) {
    await claimExecution(db.pool, id);
    await db.pool.query("select graphile_worker.remove_job($1)", [`execution:${id}`]);
  }
  await arrive([...upTo(10, 20), ...upTo(5), ...upTo(5, 15)]);
}

test("goes on where whoever resumed the flow died, in the order of publication, before events that come meanwhile", async () => {
  await kept();
  expect(await begin(4)).toBe(22);
  expect(await queued(PRIORITY.event)).toEqual(upTo(4));
  await arrive([30]);
  expect(await queued(PRIORITY.event)).toEqual([...upTo(4), 30]);
  expect(await releaseStranded(db, 4)).toBe(3);
  expect(await queued(PRIORITY.event)).toEqual([...upTo(8), 30]);
  // What other flows get meanwhile is due after what is released, and before what is left.
  await listening("test.other").then(() => arrive([99], "test.other"));
  await arrive([31]);
  for (let round = 0; round < 6; round++) await releaseStranded(db, 4);
  expect(await held()).toBe(0);
  expect((await queued(PRIORITY.event)).filter((second) => second !== 99)).toEqual(upTo(32));
  expect((await queued()).indexOf(99)).toBeLessThanOrEqual(1);
  expect(await releaseStranded(db, 4)).toBe(0);
  await arrive([32]);
  expect((await queued()).at(-1)).toBe(32);
});

test("a pause in the middle holds for the rest, and the next resume puts all in order again", async () => {
  await kept();
  await begin(4);
  await arrive([30]);
  await pauseFlow(ann, flow, {});
  const left = await held();
  expect(left).toBeGreaterThan(0);
  expect(await releaseStranded(db, 4)).toBe(0);
  expect(await held()).toBe(left);
  await arrive([31]);
  await resumeFlow(ann, flow);
  expect(await queued(PRIORITY.event)).toEqual(upTo(32));
});

test("of a deleted flow all that is kept is cancelled, by whoever finds it, and its alarms are closed", async () => {
  await kept();
  await raiseAlarm("flow-quarantined", flow, "Its card took workers down.");
  await raiseAlarm("flow-writes", flow, "It wrote more than it may.");
  // The process that deletes it dies before it has cancelled anything.
  await db.prisma.flow.update({ where: { id: flow }, data: { on: false, deletedAt: new Date() } });
  const before = await held();
  expect(await releaseStranded(db, 15)).toBe(0);
  expect(await held()).toBe(before - 15);
  await db.prisma.flow.update({ where: { id: flow }, data: { deletedAt: null } });
  await deleteFlow(ann, flow);
  expect(await held()).toBe(0);
  expect(await db.prisma.alarm.count({ where: { objectId: flow, closedAt: null } })).toBe(0);
  // What stood in the queue is kept back by its claim, as it was while the flow was paused, and cancelled too.
  const standing = await db.prisma.execution.findMany({ where: { flowId: flow, status: "queued" } });
  expect(standing).toHaveLength(8);
  for (const { id } of standing) expect(await claimExecution(db.pool, id)).toBeUndefined();
  await releaseStranded(db);
  expect(await db.prisma.execution.count({ where: { flowId: flow, status: "cancelled" } })).toBe(30);
});
