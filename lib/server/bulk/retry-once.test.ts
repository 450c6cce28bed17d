import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { withTransaction } from "../db/transaction.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { matchingExecutions } from "../executions/matching-executions.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { log } from "../log.ts";
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
  await db.prisma.bulkRun.deleteMany();
  ({ id: flowId, versionId } = await addFlow(db));
});

/** Executions that failed, the oldest first. */
async function failed(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    flowId,
    versionId,
    mode: "live",
    status: "failed",
    fence: 1,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)),
  }));
  await db.prisma.execution.createMany({ data: rows });
  return rows.map(({ id }) => id);
}
const request = (confirm: number, from: "start" | "failed" = "start") => ({
  id: randomUUID(),
  filter: { flowId },
  from,
  version: "same" as const,
  confirm,
});
const portion = (id: string) =>
  db.prisma.$transaction((tx) => startPortion(tx, id), { maxWait: 20_000, timeout: 20_000 });
const rowsOf = async (id: string) => (await listBulkRows(ann, id, { offset: 0, limit: 500 })).items;
const succeed = () =>
  db.prisma.execution.updateMany({ where: { flowId, status: "queued" }, data: { status: "succeeded" } });
/** How many executions repeat each of these. */
async function repeated(originals: string[]): Promise<number[]> {
  const made = await db.prisma.execution.findMany({ where: { retryOfId: { in: originals } } });
  return originals.map((id) => made.filter(({ retryOfId }) => retryOfId === id).length);
}
/** Until every run has ended, each portion of theirs at once. */
async function runToTheEnd(...runs: string[]): Promise<void> {
  while ((await db.prisma.bulkRun.count({ where: { status: "running" } })) > 0) {
    await succeed();
    await Promise.all(runs.map(portion));
  }
}
/** A run of rows another one has as well, as two people made them before the second was told of the first. */
async function sameRows(of: string, from: "start" | "failed" = "start"): Promise<string> {
  const id = randomUUID();
  const { total, title } = await db.prisma.bulkRun.findUniqueOrThrow({ where: { id: of } });
  const options = { from, version: "same" };
  await db.prisma.bulkRun.create({ data: { id, kind: "retry", title, options, total, createdBy: "Ben" } });
  await db.pool.query(
    `insert into bulk_rows (bulk_id, position, label, inputs)
     select $1, position, label, inputs from bulk_rows where bulk_id = $2`,
    [id, of],
  );
  return id;
}

test("what a run under way is still to retry is nothing a second one finds", async () => {
  const ids = await failed(50);
  const { id } = await startRetryRun(ann, request(50));
  expect(await matchingExecutions(ann, { flowId })).toMatchObject({ retriable: 0, fromFailed: 0 });
  await expect(startRetryRun(ann, request(10))).rejects.toMatchObject({ code: "conflict" });
  await runToTheEnd(id);
  expect(await repeated(ids)).toEqual(Array(50).fill(1));
});

test("what a stop left out is found again", async () => {
  await failed(50);
  const { id } = await startRetryRun(ann, request(50));
  await stopBulk(ann, id);
  expect(await matchingExecutions(ann, { flowId })).toMatchObject({ retriable: 10 });
});

test("two people who retry all at once retry each once, and the second is told that nothing is left", async () => {
  const ids = await failed(5);
  const runs = await Promise.allSettled([startRetryRun(ann, request(5)), startRetryRun(ann, request(5))]);
  expect(runs.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(runs.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  expect(await repeated(ids)).toEqual(Array(5).fill(1));
});

test.each(["start", "failed"] as const)(
  "portions of two runs with the same rows, one from the %s, at once: each is retried once",
  async (from) => {
    const ids = await failed(50);
    const first = await startRetryRun(ann, request(50));
    const second = await sameRows(first.id, from);
    await runToTheEnd(first.id, second);
    const rows = [...(await rowsOf(first.id)), ...(await rowsOf(second))];
    expect(rows.filter(({ status }) => status === "succeeded")).toHaveLength(50);
    expect(rows.filter(({ status }) => status === "leftOut")).toHaveLength(50);
    expect(rows[50]?.problem).toBe("It was run again meanwhile.");
    expect(Math.max(...(await repeated(ids)))).toBe(1);
    expect(new Set(rows.flatMap(({ executionId }) => executionId ?? [])).size).toBe(50);
  },
);

test("a row somebody retries alone at the moment its portion starts is left out", async () => {
  const [id = ""] = await failed(1);
  const run = await withTransaction(db.pool, async (holder) => {
    await holder.query("select from executions where id = $1 for update", [id]);
    const alone = retryExecution(ann, id, { from: "start", version: "same" });
    await waiting(1);
    const starting = startRetryRun(ann, request(1));
    await waiting(2);
    return { alone, starting };
  });
  await run.alone;
  const { id: bulkId } = await run.starting;
  expect(await repeated([id])).toEqual([1]);
  expect((await getBulkRun(ann, bulkId)).counts).toEqual({ leftOut: 1 });
});

/** Until so many sessions wait for an execution's row. */
const waiting = (sessions: number) =>
  vi.waitFor(
    async () => {
      const { rows } = await db.pool.query<{ count: number }>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and wait_event_type = 'Lock' and query ilike '%from executions%for update%'`,
      );
      expect(rows[0]?.count).toBe(sessions);
    },
    { timeout: 20_000 },
  );

test("what was retried alone meanwhile is left out with what became of it, and what failed again is retried", async () => {
  const ids = await failed(44);
  const { id } = await startRetryRun(ann, request(44));
  const [well = "", badly = "", asking = "", waits = ""] = ids.slice(40);
  for (const one of [well, badly, asking, waits]) {
    await retryExecution(ann, one, { from: "failed", version: "same" });
  }
  const became = { [well]: "succeeded", [badly]: "failed", [asking]: "attention", [waits]: "waiting" };
  for (const [one, status] of Object.entries(became)) {
    await db.prisma.execution.update({ where: { id: one }, data: { status } });
  }
  await succeed();
  await portion(id);
  expect((await rowsOf(id)).slice(40)).toMatchObject([
    { status: "leftOut", problem: "It was retried meanwhile and succeeded." },
    { status: "queued", problem: null },
    { status: "leftOut", problem: "It was retried meanwhile and needs attention." },
    { status: "leftOut", problem: "This execution is waiting; it goes on by itself." },
  ]);
  expect(await repeated([well, badly, asking, waits])).toEqual([0, 1, 0, 0]);
});
