import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ending, Step } from "#lib/engine/execution.ts";
import { LostClaimError } from "#lib/engine/ports.ts";
import { stepStoreSuite } from "#lib/engine/step-store-suite.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { createStepStore } from "./step-store.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let flow: Awaited<ReturnType<typeof addFlow>>;

beforeAll(async () => {
  db = await openTestDatabase();
  flow = await addFlow(db);
});
afterAll(() => db.drop());

/** An execution claimed with fence 1. */
async function claimed() {
  const data = { flowId: flow.id, versionId: flow.versionId, mode: "live", status: "running", fence: 1 };
  const { id } = await db.prisma.execution.create({ data });
  return { id, store: createStepStore(db.pool) };
}

const AT = "2026-05-01T10:00:00.000Z";
const step = (path: string, changes: Partial<Step> = {}): Step => ({
  path,
  attempt: 1,
  status: "succeeded",
  startedAt: AT,
  finishedAt: AT,
  ...changes,
});
const status = (id: string) => db.prisma.execution.findUniqueOrThrow({ where: { id } });

test("keeps every part of a step", async () => {
  const { id, store } = await claimed();
  const full = step("c5/each[3]/c7", {
    attempt: 2,
    status: "unknown",
    exit: "next",
    inputs: { user: "ann", list: [1, null, true] },
    outputs: { deep: { er: "ü" } },
    error: { kind: "unavailable", code: "timeout", message: "No answer.", retryAt: AT },
    exchanges: [{ method: "PUT", path: "/api/v1/x", status: 200, durationMs: 12, at: AT }],
    because: "c1",
    settled: "readBack",
  });
  await store.record(id, 1, { steps: [full] });
  expect(await store.steps(id)).toEqual([full]);
});

test("answers steps in the order of their first writing, each as it was last written", async () => {
  const { id, store } = await claimed();
  await store.record(id, 1, { steps: [step("b", { status: "running", finishedAt: undefined }), step("a")] });
  await store.record(id, 1, { steps: [step("c"), step("b", { outputs: { done: true } })] });
  const steps = await store.steps(id);
  expect(steps.map(({ path }) => path)).toEqual(["b", "a", "c"]);
  expect(steps[0]).toEqual(step("b", { outputs: { done: true } }));
});

test("refuses an older claim and writes nothing of it, neither step nor ending", async () => {
  const { id, store } = await claimed();
  await db.prisma.execution.update({ where: { id }, data: { fence: 2 } });
  const late = store.record(id, 1, { steps: [step("a")], ending: { status: "succeeded" } });
  await expect(late).rejects.toThrow(LostClaimError);
  expect(await store.steps(id)).toEqual([]);
  expect((await status(id)).status).toBe("running");
});

test("a batch is refused while a claim is under way that wins", async () => {
  const { id, store } = await claimed();
  const other = await db.pool.connect();
  try {
    await other.query("begin");
    await other.query("update executions set fence = fence + 1 where id = $1", [id]);
    const late = store.record(id, 1, { steps: [step("a")] }).catch((error: unknown) => error);
    await other.query("commit");
    expect(await late).toBeInstanceOf(LostClaimError);
    expect(await store.steps(id)).toEqual([]);
  } finally {
    other.release();
  }
});

test("ends the execution with the last steps", async () => {
  const { id, store } = await claimed();
  const ending = { status: "succeeded", reason: "Nothing to do.", result: { n: 1 } } as const;
  await store.record(id, 1, { steps: [step("a")], ending });
  const row = await status(id);
  expect(row).toMatchObject({ status: "succeeded", reason: "Nothing to do.", result: { n: 1 }, error: null });
  expect(row.finishedAt).toBeInstanceOf(Date);
});

test("what several executions record at once is written for each, but for those that were taken over", async () => {
  const all = await Promise.all(Array.from({ length: 12 }, claimed));
  const store = createStepStore(db.pool);
  const [lost, ...kept] = all.map(({ id }) => id);
  await db.prisma.execution.update({ where: { id: lost }, data: { fence: 2 } });
  const result = { text: "\u0000 and \uFDD0" };
  const recorded = await Promise.allSettled(
    [lost ?? "", ...kept].map((id, n) =>
      store.record(id, 1, {
        steps: [step("a", { outputs: { n } }), step("b")],
        ...(n % 2 === 0 ? { ending: { status: "succeeded", reason: `No. ${n} \uFDD0`, result } } : {}),
      }),
    ),
  );
  expect(recorded.map(({ status }) => status)).toEqual(["rejected", ...kept.map(() => "fulfilled")]);
  expect(await store.steps(lost ?? "")).toEqual([]);
  for (const [index, id] of kept.entries()) {
    const n = index + 1;
    expect(await store.steps(id)).toEqual([step("a", { outputs: { n } }), step("b")]);
    const row = await status(id);
    expect([row.status, row.reason]).toEqual(
      n % 2 === 0 ? ["succeeded", `No. ${n} \uFDD0`] : ["running", null],
    );
  }
});

test("keeps why it failed, and where", async () => {
  const { id, store } = await claimed();
  const error = { kind: "refused", code: "E0000007", message: "Not found: ann" } as const;
  await store.record(id, 1, { steps: [], ending: { status: "attention", error, path: "c4" } });
  expect(await status(id)).toMatchObject({
    status: "attention",
    reason: "Not found: ann",
    error: { ...error, path: "c4" },
    finishedAt: null,
  });
});

test("a waiting execution stands in the queue for the moment it goes on", async () => {
  const { id, store } = await claimed();
  const until = new Date(Date.now() + 60_000).toISOString();
  await store.record(id, 1, {
    steps: [step("a")],
    ending: { status: "waiting", until, reason: "Rate limit" },
  });
  const row = await status(id);
  expect(row.status).toBe("waiting");
  expect(row.waitingUntil?.toISOString()).toBe(until);
  const jobs = await db.pool.query("select run_at from graphile_worker.jobs where key = $1", [
    `execution:${id}`,
  ]);
  expect(jobs.rows).toEqual([{ run_at: new Date(until) }]);
});

test("a waiting ending of an older claim leaves no queue entry", async () => {
  const { id, store } = await claimed();
  await db.prisma.execution.update({ where: { id }, data: { fence: 2 } });
  const late = store.record(id, 1, { steps: [], ending: { status: "waiting", until: AT, reason: "" } });
  await expect(late).rejects.toThrow(LostClaimError);
  const jobs = await db.pool.query("select 1 from graphile_worker.jobs where key = $1", [`execution:${id}`]);
  expect(jobs.rows).toEqual([]);
});

stepStoreSuite("PostgreSQL", async () => {
  const store = createStepStore(db.pool);
  return {
    store,
    newExecution: async () => ({ id: (await claimed()).id, fence: 1 }),
    takeOver: async (id) => {
      const data = { fence: { increment: 1 } };
      return (await db.prisma.execution.update({ where: { id }, data })).fence;
    },
    endingOf: async (id) => endingOf(await status(id)),
  };
});

/** The ending as the engine recorded it, from the columns it was spread over. */
function endingOf(row: Awaited<ReturnType<typeof status>>): Ending | undefined {
  if (row.status === "running") return undefined;
  const { path, ...error } = JSON.parse(JSON.stringify(row.error ?? {}));
  const present = Object.entries({
    status: row.status,
    reason: row.status === "failed" || row.status === "attention" ? null : row.reason,
    result: row.result,
    until: row.waitingUntil?.toISOString(),
    error: row.error && error,
    path,
  }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as Ending;
}

test("a step that can't be written as text fails alone, not those recorded at the same moment", async () => {
  const [first, second] = [await claimed(), await claimed()];
  const tooLong = new RangeError("Invalid string length");
  const inputs = Object.defineProperty({}, "text", {
    enumerable: true,
    get: () => {
      throw tooLong;
    },
  });
  const { record } = first.store;
  const results = await Promise.allSettled([
    record(first.id, 1, { steps: [step("a", { inputs })] }),
    record(second.id, 1, { steps: [step("a")], ending: { status: "succeeded" } }),
  ]);
  expect(results.map(({ status: how }) => how)).toEqual(["rejected", "fulfilled"]);
  expect(results[0]).toMatchObject({ reason: tooLong });
  expect((await status(second.id)).status).toBe("succeeded");
});

test("what is long is recorded beside what others share", async () => {
  const { id, store } = await claimed();
  const long = step("a", { inputs: { text: "x".repeat(1_100_000) } });
  await store.record(id, 1, { steps: [long], ending: { status: "succeeded" } });
  expect(await store.steps(id)).toEqual([long]);
});
