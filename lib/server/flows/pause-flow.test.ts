import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { flowSchema } from "#lib/api/flows.ts";
import type { Actor } from "../accounts/actor.ts";
import { addConnection, addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { claimExecution } from "../executor/claim.ts";
import { readLogEvent } from "../intake/log-event.ts";
import { receiveEvents } from "../intake/receive-events.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { requeueForgotten } from "../queue/sweep.ts";
import { pauseFlow, resumeFlow } from "./pause-flow.ts";
import { PAUSED } from "./paused.ts";
import { deleteFlow } from "./publish-flow.ts";

vi.mock("../connections/hook.ts", () => ({ syncHook: async () => {} }));

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let connectionId: string;

beforeAll(async () => {
  stubServerEnv();
  db = await openTestDatabase();
  connectionId = (await addConnection(db)).id;
  log.level = "silent";
});
afterAll(() => db.drop());

const TYPE = "group.user_membership.add";
/** A flow that is on, alone in listening. */
async function flowOn() {
  await db.prisma.flowListener.deleteMany();
  return addFlow(db, { listensTo: { connectionId, eventTypes: [TYPE] } });
}
const arrive = (...published: string[]) =>
  receiveEvents(db.pool, {
    connectionId,
    source: "hook",
    events: published.map((at) => readLogEvent(oktaEvent({ published: at }))),
  });
const executionsOf = (flowId: string) =>
  db.prisma.execution.findMany({ where: { flowId }, orderBy: { id: "asc" } });
/** Executions in the queue, in the order in which they are taken. */
async function queued(flowId: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `select e.id from executions e join graphile_worker.jobs j on j.key = 'execution:' || e.id
     where e.flow_id = $1 order by j.priority, j.run_at, j.id`,
    [flowId],
  );
  return rows.map(({ id }) => id);
}

test("events of a paused flow are taken in and wait in no queue", async () => {
  const { id } = await flowOn();
  const view = await pauseFlow(ann, id, { reason: "the group is being rebuilt" });
  expect(flowSchema.parse(view)).toMatchObject({
    on: true,
    paused: { kind: "person", reason: "Paused by Ann: the group is being rebuilt", waiting: 0 },
  });
  expect(await arrive("2026-01-01T00:00:01Z")).toMatchObject({ accepted: 1, executions: 1 });
  const [execution] = await executionsOf(id);
  expect(execution).toMatchObject({
    status: "waiting",
    held: true,
    reason: PAUSED.person,
    waitingUntil: null,
  });
  expect(await queued(id)).toEqual([]);
  expect((await pauseFlow(ann, id, {})).paused).toMatchObject({
    reason: "Paused by Ann: the group is being rebuilt",
    waiting: 1,
  });
});

test("a paused flow says whether what it keeps will run in order", async () => {
  const { id } = await flowOn();
  expect((await pauseFlow(ann, id, {})).paused?.inOrder).toBe(false);
  await db.pool.query("update flows set in_order = true where id = $1", [id]);
  expect((await pauseFlow(ann, id, {})).paused?.inOrder).toBe(true);
});

test("resuming queues what was kept back in the order of publication", async () => {
  const { id } = await flowOn();
  await pauseFlow(ann, id, {});
  await arrive("2026-01-01T00:00:03Z");
  await arrive("2026-01-01T00:00:02Z", "2026-01-01T00:00:04Z");
  await arrive("2026-01-01T00:00:01Z");
  expect(await queued(id)).toEqual([]);
  expect(await resumeFlow(ann, id)).toMatchObject({ paused: null });
  const { rows } = await db.pool.query<{ id: string }>(
    `select e.id from executions e join events v on v.id = e.event_id where e.flow_id = $1 order by v.published`,
    [id],
  );
  expect(rows).toHaveLength(4);
  expect(await queued(id)).toEqual(rows.map((row) => row.id));
  for (const execution of await executionsOf(id)) {
    expect(execution).toMatchObject({ status: "queued", held: false, reason: null });
  }
});

test("what was kept back before its first card runs on the version that is live when the flow is resumed", async () => {
  const { id, versionId } = await flowOn();
  await pauseFlow(ann, id, {});
  await arrive("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z");
  const [begun, fresh] = await executionsOf(id);
  await db.prisma.execution.update({ where: { id: begun?.id ?? "" }, data: { fence: 1 } });
  const mended = await db.prisma.flowVersion.create({
    data: { id: crypto.randomUUID(), flowId: id, number: 2, document: documentOf(), createdBy: "test" },
  });
  await db.prisma.flow.update({ where: { id }, data: { liveVersionId: mended.id } });
  await resumeFlow(ann, id);
  const after = new Map((await executionsOf(id)).map((execution) => [execution.id, execution.versionId]));
  expect(after.get(begun?.id ?? "")).toBe(versionId);
  expect(after.get(fresh?.id ?? "")).toBe(mended.id);
});

test("an execution that was queued before the pause is kept back when a worker takes it, and runs after it", async () => {
  const { id } = await flowOn();
  await arrive("2026-01-01T00:00:01Z");
  const [execution] = await executionsOf(id);
  const executionId = execution?.id ?? "";
  await pauseFlow(ann, id, {});
  expect(await claimExecution(db.pool, executionId)).toBeUndefined();
  expect((await executionsOf(id))[0]).toMatchObject({
    status: "waiting",
    held: true,
    reason: PAUSED.person,
    fence: 0,
    startedAt: null,
  });
  await resumeFlow(ann, id);
  expect(await claimExecution(db.pool, executionId)).toMatchObject({ run: { fence: 1, fresh: true } });
  expect((await executionsOf(id))[0]).toMatchObject({ status: "running", held: false, reason: null });
});

test("keeping back one that had begun refuses what its last worker still writes", async () => {
  const { id } = await flowOn();
  await arrive("2026-01-01T00:00:01Z");
  const [execution] = await executionsOf(id);
  await claimExecution(db.pool, execution?.id ?? "");
  await pauseFlow(ann, id, {});
  expect(await claimExecution(db.pool, execution?.id ?? "")).toBeUndefined();
  expect((await executionsOf(id))[0]).toMatchObject({ status: "waiting", held: true, fence: 2 });
});

test("a test of a paused flow runs, and so does the end of one somebody cancels", async () => {
  const { id } = await flowOn();
  await pauseFlow(ann, id, {});
  const tried = await db.prisma.execution.create({
    data: { flowId: id, mode: "test", document: documentOf() },
  });
  const stopped = await db.prisma.execution.create({
    data: { flowId: id, mode: "live", status: "running", fence: 1, cancelRequested: true },
  });
  expect(await claimExecution(db.pool, tried.id)).toMatchObject({ run: { mode: "test" } });
  expect(await claimExecution(db.pool, stopped.id)).toMatchObject({ cancelRequested: true });
});

test("the search for forgotten executions leaves alone what is kept back, and finds what was missed by a resume", async () => {
  const { id } = await flowOn();
  await pauseFlow(ann, id, {});
  await arrive("2026-01-01T00:00:01Z");
  await db.prisma.execution.updateMany({ where: { flowId: id }, data: { createdAt: new Date(0) } });
  const [execution] = await executionsOf(id);
  expect(await requeueForgotten(db.pool)).not.toContain(execution?.id);
  await db.prisma.flow.update({ where: { id }, data: { pausedAt: null } });
  expect(await requeueForgotten(db.pool)).toContain(execution?.id);
});

test("what is kept back can be cancelled, and goes with its flow", async () => {
  const { id } = await flowOn();
  await pauseFlow(ann, id, {});
  await arrive("2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z");
  const [first] = await executionsOf(id);
  await cancelExecution(ann, first?.id ?? "");
  expect((await executionsOf(id)).filter(({ held }) => held)).toHaveLength(1);
  await deleteFlow(ann, id);
  const ended = await executionsOf(id);
  expect(ended.map(({ status, held }) => ({ status, held }))).toEqual(
    Array(2).fill({ status: "cancelled", held: false }),
  );
});

test("a flow that is off is not paused, one that runs is not resumed", async () => {
  const { id } = await addFlow(db);
  await expect(pauseFlow(ann, id, {})).rejects.toMatchObject({ code: "conflict" });
  await expect(resumeFlow(ann, id)).rejects.toMatchObject({ code: "conflict" });
});

test("events that arrive while a flow is resumed all end up in the queue", async () => {
  const { id } = await flowOn();
  await pauseFlow(ann, id, {});
  const arriving = Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      await sleep(n);
      await arrive(`2026-01-01T00:00:${String(n).padStart(2, "0")}Z`);
    }),
  );
  await sleep(15);
  await resumeFlow(ann, id);
  await arriving;
  await db.prisma.execution.updateMany({
    where: { flowId: id, held: true },
    data: { createdAt: new Date(0) },
  });
  await requeueForgotten(db.pool);
  expect(await queued(id)).toHaveLength(30);
});
