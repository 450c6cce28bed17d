import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { replayEvents } from "#lib/api/replay.ts";
import type { FlowSettings } from "#lib/flow/settings.ts";
import type { Actor } from "../accounts/actor.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { log } from "../log.ts";
import { startReplay } from "../replay/start-replay.ts";
import { blankLeftovers } from "./blank-leftovers.ts";
import { retainRound } from "./retention-keeper.ts";
import { aged, flowWithEvent, READ, withValues, ZOE } from "./test-ended.ts";
import { tablesWith } from "./test-person-traces.ts";

const owner: Actor = { kind: "user", id: "u1", name: "Owner", role: "owner" };
/** Hours in which a flow waits for somebody longer than any round looks back. */
const WEEK = 7 * 24;

let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  stubServerEnv();
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.pool.query("truncate flows, connections, bulk_runs cascade"));

/** An execution of a flow with such settings waited for a week and was then cancelled, so many hours ago. */
async function cancelled(settings: FlowSettings, hours: number) {
  const { executionId } = await flowWithEvent(db, settings);
  await withValues(db, executionId);
  await db.prisma.execution.update({ where: { id: executionId }, data: { status: "attention" } });
  await cancelExecution(owner, executionId);
  await aged(db, executionId, { came: WEEK + hours, ended: hours });
  return executionId;
}

/** The flow's event is replayed or planned; @returns the run and its only execution */
async function again(flowId: string, how: "run" | "plan", version: number | "draft" = 1) {
  const id = randomUUID();
  const source = { events: {} };
  const request = replayEvents.body?.parse({ id, source, version, how, confirm: 1, confirmWrites: true });
  if (!request) throw new Error("The endpoint takes no body.");
  await startReplay(owner, flowId, request);
  const execution = await db.prisma.execution.findFirstOrThrow({ where: { bulkId: id } });
  return { runId: id, executionId: execution.id };
}

async function ended(run: { runId: string; executionId: string }, status: string, hours: number) {
  await withValues(db, run.executionId);
  await db.prisma.execution.update({ where: { id: run.executionId }, data: { status } });
  await aged(db, run.executionId, { came: hours, ended: hours });
  const finishedAt = new Date(Date.now() - hours * 3_600_000);
  await db.prisma.bulkRun.update({
    where: { id: run.runId },
    data: { status: "finished", createdAt: finishedAt, finishedAt },
  });
}

const blanked = async (id: string) =>
  (await db.prisma.execution.findUnique({ where: { id }, select: { blanked: true } }))?.blanked;

describe("what a flow does not keep goes", () => {
  test("from one that was cancelled after a week of waiting, minutes after its end", async () => {
    const id = await cancelled({ keep: "never" }, 0.5);
    expect(await retainRound(db, false)).toMatchObject({ blanked: 1, forgotten: 0 });
    expect(await blanked(id)).toBe("not-kept");
    expect(await tablesWith(db, READ)).toEqual([]);
  });

  test("with the event, a day after", async () => {
    const id = await cancelled({ keep: "never" }, 25);
    expect(await retainRound(db, false)).toMatchObject({ blanked: 1, forgotten: 1 });
    expect(await blanked(id)).toBe("erased");
    expect(await tablesWith(db, ZOE.name)).toEqual([]);
  });

  test("not in the minutes after the end, nor from flows that keep everything", async () => {
    await cancelled({ keep: "never" }, 0.1);
    await cancelled({ keep: "always" }, 48);
    await cancelled({}, 48);
    expect(await retainRound(db, false)).toMatchObject({ blanked: 0 });
  });

  test("where only failures are kept: a cancelled one is none", async () => {
    const id = await cancelled({ keep: "on-failure" }, 0.5);
    const failed = await cancelled({ keep: "on-failure" }, 0.5);
    await db.prisma.execution.update({ where: { id: failed }, data: { status: "failed" } });
    expect(await retainRound(db, false)).toMatchObject({ blanked: 1 });
    expect([await blanked(id), await blanked(failed)]).toEqual(["not-kept", null]);
  });

  test("from a replay on the draft that was cancelled, as the draft says", async () => {
    const { flow } = await flowWithEvent(db, { keep: "never" });
    const replay = await again(flow.id, "run", "draft");
    await ended(replay, "cancelled", 0.5);
    expect(await retainRound(db, false)).toMatchObject({ blanked: 1 });
    expect(await blanked(replay.executionId)).toBe("not-kept");
    expect(await tablesWith(db, READ)).toEqual([]);
  });

  test.each([1, "draft"] as const)(
    "from a plan on version %s, a day after somebody asked for it",
    async (version) => {
      const { flow, executionId } = await flowWithEvent(db, { keep: "never" });
      await db.prisma.execution.delete({ where: { id: executionId } });
      const plan = await again(flow.id, "plan", version);
      await ended(plan, "succeeded", 23);
      expect(await retainRound(db, true)).toMatchObject({ blanked: 0, labels: 0 });
      await aged(db, plan.executionId, { came: 25, ended: 25 });
      expect(await retainRound(db, true)).toMatchObject({ blanked: 1, forgotten: 1, labels: 1 });
      expect(await tablesWith(db, READ)).toEqual([]);
      expect(await tablesWith(db, ZOE.name)).toEqual([]);
    },
  );

  test("and with a day to keep executions also go the replay, what it replayed and the row's name", async () => {
    const { flow, executionId } = await flowWithEvent(db, { keep: "never", keepDays: 1 });
    const replay = await again(flow.id, "run");
    await db.prisma.execution.updateMany({ data: { blanked: "not-kept", subject: "", status: "succeeded" } });
    await aged(db, executionId, { came: 49, ended: 49 });
    await ended(replay, "succeeded", 48);
    expect(await retainRound(db, false)).toMatchObject({ forgotten: 2, executions: 1 });
    expect(await retainRound(db, true)).toMatchObject({ executions: 1, labels: 1 });
    expect(await tablesWith(db, ZOE.name)).toEqual([]);
    expect(await db.prisma.bulkRow.count()).toBe(1);
    expect(await db.prisma.execution.count()).toBe(0);
  });

  test("the name of a row that was not started goes with the event it was to replay", async () => {
    const { flow } = await flowWithEvent(db, { keep: "never" });
    const { runId } = await again(flow.id, "run");
    await db.prisma.execution.deleteMany();
    const leftOut = { executionId: null, problem: "Stopped by Owner before its turn." };
    await db.prisma.bulkRow.updateMany({ where: { bulkId: runId }, data: leftOut });
    expect(await retainRound(db, true)).toMatchObject({ labels: 0 });
    await db.pool.query(`update events set payload = '{"erased": true}'`);
    expect(await retainRound(db, true)).toMatchObject({ labels: 1 });
    expect(await tablesWith(db, ZOE.name)).toEqual([]);
  });
});

test("among many that failed only those of flows that keep less are read", async () => {
  const id = await cancelled({ keep: "never" }, 0.5);
  const { flow } = await flowWithEvent(db, {});
  await db.pool.query(
    `insert into executions (flow_id, version_id, mode, status, created_at, finished_at)
     select $1, $2, 'live', 'failed', now() - interval '3 days', now() - interval '3 days'
     from generate_series(1, 20000)`,
    [flow.id, flow.versionId],
  );
  await db.pool.query("analyze executions");
  const client = await db.pool.connect();
  try {
    // Within a transaction its own reads are counted at once.
    await client.query("begin");
    expect(await blankLeftovers(client, 500)).toBe(1);
    const { rows } = await client.query<{ read: number }>(
      `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read
       from pg_stat_xact_user_tables where relname = 'executions'`,
    );
    expect(rows[0]?.read).toBeLessThan(20);
    await client.query("commit");
  } finally {
    client.release();
  }
  expect(await blanked(id)).toBe("not-kept");
});
