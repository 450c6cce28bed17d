import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { cancelExecutions } from "../executions/cancel-executions.ts";
import { matchingExecutions } from "../executions/matching-executions.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { log } from "../log.ts";
import { enqueueExecutions, PRIORITY } from "../queue/enqueue.ts";
import { listBulkRows } from "./bulk-rows.ts";
import { getBulkRun } from "./bulk-view.ts";
import { startPortion } from "./start-portion.ts";
import { startRetryRun } from "./start-retry-run.ts";
import { stopBulk } from "./stop-bulk.ts";

const ann: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
let db: Awaited<ReturnType<typeof openTestDatabase>>;
let flowId: string;
let versionId: string;

beforeAll(async () => {
  stubServerEnv();
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  ({ id: flowId, versionId } = await addFlow(db, { document: chain() }));
});

/** An event, then two cards one after the other. */
function chain(changes: Partial<FlowDocument["cards"]> = {}): FlowDocument {
  const call = (path: string) => ({
    card: "okta.api.custom",
    v: 1,
    connection: "acme",
    inputs: { path: { value: path } },
  });
  const cards = {
    e: { card: "okta.groups.userAdded", v: 1, connection: "acme" },
    a: call("/a"),
    b: call("/b"),
  };
  const edges = [
    { from: "e", out: "next", to: "a" },
    { from: "a", out: "next", to: "b" },
  ];
  return documentOf({ cards: { ...cards, ...changes }, edges });
}

async function executions(count: number, data: Record<string, unknown> = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    flowId,
    versionId,
    mode: "live",
    status: "failed",
    subject: `Person ${n}`,
    fence: 1,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)),
    ...data,
  }));
  await db.prisma.execution.createMany({ data: rows });
  return rows.map(({ id }) => id);
}
const statuses = async (ids: string[]) => {
  const rows = await db.prisma.execution.findMany({ where: { id: { in: ids } } });
  return ids.map((id) => rows.find((row) => row.id === id)?.status);
};
const request = (confirm: number, changes: Partial<Parameters<typeof startRetryRun>[1]> = {}) => ({
  id: randomUUID(),
  filter: { flowId },
  from: "failed" as const,
  version: "same" as const,
  confirm,
  ...changes,
});
const portion = (id: string) => db.prisma.$transaction((tx) => startPortion(tx, id));
const rowsOf = async (id: string) => (await listBulkRows(ann, id, { offset: 0, limit: 500 })).items;
const end = (ids: string[]) =>
  db.prisma.execution.updateMany({ where: { id: { in: ids } }, data: { status: "succeeded" } });

describe("retrying many", () => {
  test("goes through all of them, the oldest first, forty under way at once, behind the events that arrive", async () => {
    const ids = await executions(90);
    const { id } = await startRetryRun(ann, request(90));
    expect(await getBulkRun(ann, id)).toMatchObject({
      kind: "retry",
      card: null,
      title: "Retry 90 executions",
      counts: { queued: 40, notStarted: 50 },
    });
    expect(await statuses(ids)).toEqual([...Array(40).fill("queued"), ...Array(50).fill("failed")]);
    const { rows } = await db.pool.query(
      "select distinct priority from graphile_worker.jobs where key = any($1)",
      [ids.slice(0, 40).map((one) => `execution:${one}`)],
    );
    expect(rows).toEqual([{ priority: PRIORITY.manual }]);
    await portion(id);
    expect((await getBulkRun(ann, id)).counts).toEqual({ queued: 40, notStarted: 50 });
    await end(ids.slice(0, 40));
    await portion(id);
    await end(ids.slice(0, 80));
    await portion(id);
    await end(ids);
    await portion(id);
    expect(await getBulkRun(ann, id)).toMatchObject({ status: "finished", counts: { succeeded: 90 } });
    expect((await rowsOf(id)).slice(0, 2)).toMatchObject([
      { position: 1, label: "Person 0", executionId: ids[0], outputs: null },
      { position: 2, label: "Person 1", executionId: ids[1] },
    ]);
  });

  test("started twice with one id it is one run", async () => {
    await executions(3);
    const one = request(3);
    await Promise.all([startRetryRun(ann, one), startRetryRun(ann, one)]);
    expect(await db.prisma.bulkRun.count({ where: { id: one.id } })).toBe(1);
    expect(await rowsOf(one.id)).toHaveLength(3);
  });

  test("starts nothing when there are not as many as somebody confirmed", async () => {
    const ids = await executions(3);
    const one = request(2);
    await expect(startRetryRun(ann, one)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.prisma.bulkRun.count({ where: { id: one.id } })).toBe(0);
    expect(await statuses(ids)).toEqual(["failed", "failed", "failed"]);
  });

  test("from the start there is a new execution for each, and none twice", async () => {
    const ids = await executions(2);
    const { id } = await startRetryRun(ann, request(2, { from: "start" }));
    const made = await db.prisma.execution.findMany({ where: { retryOfId: { in: ids } } });
    expect(made.map(({ status }) => status)).toEqual(["queued", "queued"]);
    expect(await statuses(ids)).toEqual(["failed", "failed"]);
    expect((await rowsOf(id)).map(({ executionId }) => executionId).toSorted()).toEqual(
      made.map((execution) => execution.id).toSorted(),
    );
    expect(await matchingExecutions(ann, { flowId })).toMatchObject({ retriable: 0 });
  });

  test("leaves out with the reason what can't be retried any more, and goes on with the others", async () => {
    const ids = await executions(42);
    const { id } = await startRetryRun(ann, request(42));
    await retryExecution(ann, ids[41] ?? "", { from: "failed", version: "same" });
    await end(ids.slice(0, 40));
    await portion(id);
    expect((await rowsOf(id)).slice(40)).toMatchObject([
      { status: "queued", executionId: ids[40] },
      { status: "leftOut", problem: "This execution is queued; it goes on by itself.", executionId: null },
    ]);
  });

  test("a stop starts no more and cancels those under way", async () => {
    const ids = await executions(50);
    const { id } = await startRetryRun(ann, request(50));
    await stopBulk(ann, id);
    expect(await getBulkRun(ann, id)).toMatchObject({
      status: "stopped",
      counts: { cancelled: 40, leftOut: 10 },
    });
    expect(await statuses(ids)).toEqual([...Array(40).fill("cancelled"), ...Array(10).fill("failed")]);
  });
});

describe("what a filter finds", () => {
  test("failed ones not yet retried; cancelled ones only where the filter names them", async () => {
    await executions(2);
    await executions(1, { status: "cancelled" });
    await executions(1, { status: "succeeded" });
    await executions(1, { blanked: "not-kept" });
    await executions(1, { blanked: "erased" });
    await executions(1, { status: "waiting" });
    await executions(1, { status: "attention" });
    expect(await matchingExecutions(ann, { flowId })).toEqual({
      retriable: 3,
      fromFailed: 2,
      cancellable: 2,
    });
    expect(await matchingExecutions(ann, { flowId, status: "cancelled,waiting" })).toEqual({
      retriable: 1,
      fromFailed: 1,
      cancellable: 1,
    });
    expect(await matchingExecutions(ann, { flowId, text: "nobody" })).toMatchObject({ retriable: 0 });
    await expect(matchingExecutions(ann, { status: "odd" })).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("cancelling many", () => {
  test("ends those that wait at once, asks those at a card to stop, and leaves ended ones alone", async () => {
    const waiting = await executions(3, { status: "waiting" });
    const [running = ""] = await executions(1, { status: "running" });
    const [ended = ""] = await executions(1);
    await enqueueExecutions(db.pool, [...waiting, running]);
    const told: string[] = [];
    const listener = await db.pool.connect();
    listener.on("notification", ({ payload }) => told.push(payload ?? ""));
    await listener.query("listen flowdeck_cancel");
    await expect(cancelExecutions(ann, { filter: { flowId }, confirm: 3 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await cancelExecutions(ann, { filter: { flowId }, confirm: 4 })).toEqual({
      cancelled: 4,
      stopping: 1,
    });
    await listener.query("unlisten flowdeck_cancel");
    listener.release();
    expect(told).toEqual([running]);
    expect(await statuses([...waiting, running, ended])).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
      "running",
      "failed",
    ]);
    const { rows } = await db.pool.query("select key from graphile_worker.jobs where key = any($1)", [
      [...waiting, running].map((one) => `execution:${one}`),
    ]);
    expect(rows).toEqual([{ key: `execution:${running}` }]);
    const row = await db.prisma.execution.findUniqueOrThrow({ where: { id: running } });
    expect(row.cancelRequested).toBe(true);
  });
});

describe("from the failed card on the newest version", () => {
  const latest = { from: "failed", version: "latest" } as const;

  /** An execution that finished card a and failed at card b, and a newer live version. */
  async function stoppedAtB(newest: FlowDocument) {
    const [id = ""] = await executions(1);
    const at = new Date();
    await db.prisma.step.createMany({
      data: [
        { executionId: id, path: "e", attempt: 1, status: "succeeded", exit: "next", startedAt: at },
        { executionId: id, path: "a", attempt: 1, status: "succeeded", exit: "next", startedAt: at },
        { executionId: id, path: "b", attempt: 1, status: "failed", startedAt: at },
      ],
    });
    const version = await db.prisma.flowVersion.create({
      data: { id: randomUUID(), flowId, number: 2, document: newest, createdBy: "test" },
    });
    await db.prisma.flow.update({ where: { id: flowId }, data: { liveVersionId: version.id } });
    return { id, newVersion: version.id };
  }
  const { b } = chain().cards;
  const mended = b && { ...b, inputs: { path: { value: "/mended" } } };

  test("goes on there where what is finished is the same", async () => {
    const { id, newVersion } = await stoppedAtB(chain(mended && { b: mended }));
    await retryExecution(ann, id, latest);
    expect(await db.prisma.execution.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "queued",
      versionId: newVersion,
    });
  });

  test("is refused, by the card's name, where a finished card changed", async () => {
    const { a } = chain().cards;
    const changed = a && { a: { ...a, title: "Look up", inputs: { path: { value: "/other" } } } };
    const { id } = await stoppedAtB(chain(changed));
    await expect(retryExecution(ann, id, latest)).rejects.toThrow(
      /has run already and is not the same in version 2/,
    );
    expect(await db.prisma.execution.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: "failed",
      versionId,
    });
  });

  test("is refused where a card was put before a finished one, or a finished one is gone", async () => {
    const between = chain();
    const { id } = await stoppedAtB({
      ...between,
      cards: { ...between.cards, n: { ...between.cards.b, card: "okta.api.custom", v: 1 } },
      edges: [
        { from: "e", out: "next", to: "n" },
        { from: "n", out: "next", to: "a" },
        { from: "a", out: "next", to: "b" },
      ],
    });
    await expect(retryExecution(ann, id, latest)).rejects.toMatchObject({ code: "conflict" });
  });

  test("is refused for a test of a draft", async () => {
    const [id = ""] = await executions(1, { versionId: null, document: chain(), mode: "test" });
    await expect(retryExecution(ann, id, latest)).rejects.toThrow("ran no published version");
  });
});
