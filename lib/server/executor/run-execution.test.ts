import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import { LostClaimError } from "#lib/engine/ports.ts";
import { registry } from "#lib/registry.ts";
import { documentOf, openTestDatabase } from "../db/test-records.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { log } from "../log.ts";
import { createExecutor, type Executor } from "./run-execution.ts";
import { A, actor, B, calling, codeOf, jobs, started, stepsOf, view } from "./test-calls.ts";
import { TestOrg } from "./test-org.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let org: TestOrg;
let executor: Executor;

beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  org = new TestOrg();
  executor = createExecutor({ database: db, registry, connections: org.connections });
});

describe("running", () => {
  test("walks the flow and tells all about it", async () => {
    const { id, flow } = await started(db);
    await executor.run(id);
    expect(org.calls).toEqual([A, B]);
    const execution = await view(id);
    expect(execution).toMatchObject({
      flow: { id: flow.id },
      version: 1,
      status: "succeeded",
      error: null,
      retryOf: null,
      retries: [],
      newerVersion: null,
      eventType: "group.user_membership.add",
    });
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded", "c2 1 succeeded"]);
    expect(execution.document.cards.c1?.card).toBe("okta.api.custom");
  });

  test("one that has ended is left alone", async () => {
    const { id } = await started(db);
    await executor.run(id);
    await executor.run(id);
    expect(org.calls).toEqual([A, B]);
  });

  test("a run that was taken over throws, so that its queue entry stays", async () => {
    const { id } = await started(db);
    org.answer = async () => {
      await db.pool.query("update executions set fence = fence + 1 where id = $1", [id]);
      return { status: 200, headers: {}, body: null };
    };
    await expect(executor.run(id)).rejects.toThrow(LostClaimError);
    expect(org.calls).toEqual([A]);
  });

  test("a flow made for other cards fails and says so", async () => {
    const { id } = await started(db, documentOf({ cards: { e: { card: "gone.with.the.wind", v: 1 } } }));
    await executor.run(id);
    expect((await view(id)).error).toMatchObject({ code: "cannot-run", path: "e" });
  });

  test("a document that can't be read any more fails its executions", async () => {
    const { id, flow } = await started(db);
    await db.pool.query("update flow_versions set document = $2 where id = $1", [
      flow.versionId,
      { format: 999 },
    ]);
    await executor.run(id);
    const { status, reason } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
    expect([status, reason]).toEqual(["failed", expect.stringContaining("newer Flowdeck")]);
  });

  test("a card whose step can't be stored does not take the answer of the write before it along", async () => {
    const { id } = await started(db);
    const refused = `path <> 'c2' or execution_id <> '${id}'`;
    await db.pool.query(`alter table steps add constraint refused check (${refused})`);
    await executor.run(id);
    expect(org.calls).toEqual([A]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded"]);
    expect(await view(id)).toMatchObject({ status: "failed", error: { code: "internal" } });
  });

  test("draining leaves before the next card and stays in the queue", async () => {
    const { id } = await started(db);
    org.answer = () => {
      executor.drain();
      return { status: 200, headers: {}, body: null };
    };
    await executor.run(id);
    expect([org.calls, (await view(id)).status, await jobs(db, id)]).toEqual([[A], "waiting", 1]);
    await createExecutor({ database: db, registry, connections: org.connections }).run(id);
    expect([org.calls, (await view(id)).status]).toEqual([[A, B], "succeeded"]);
  });
});

describe("cancelling", () => {
  test("a running execution stops before its next card", async () => {
    const { id } = await started(db);
    org.answer = async () => {
      await cancelExecution(actor, id);
      executor.cancel(id);
      return { status: 200, headers: {}, body: null };
    };
    await executor.run(id);
    expect((await view(id)).status).toBe("cancelled");
    expect(org.calls).toEqual([A]);
    expect(await codeOf(cancelExecution(actor, id))).toBe("conflict");
  });

  test("a wish nobody heard of is read with the next claim", async () => {
    const { id } = await started(db);
    await db.prisma.execution.update({ where: { id }, data: { status: "running", fence: 1 } });
    await cancelExecution(actor, id);
    expect((await view(id)).cancelRequested).toBe(true);
    await executor.run(id);
    expect([(await view(id)).status, org.calls]).toEqual(["cancelled", []]);
  });

  test.each(["queued", "waiting", "attention"])(
    "one that is %s is cancelled at once and leaves the queue",
    async (status) => {
      const { id } = await started(db);
      await db.prisma.execution.update({ where: { id }, data: { status } });
      await cancelExecution(actor, id);
      expect([(await view(id)).status, await jobs(db, id)]).toEqual(["cancelled", 0]);
      await executor.run(id);
      expect(org.calls).toEqual([]);
    },
  );

  test("one that waits for Okta comes back at once when its cancelling crossed the wait", async () => {
    const { id } = await started(db, calling("GET /api/v1/a"));
    org.answer = async () => {
      await db.prisma.execution.update({ where: { id }, data: { cancelRequested: true } });
      throw new CardError("Slow down.", {
        kind: "rateLimited",
        code: "E0000047",
        retryAt: Date.now() + 60_000,
      });
    };
    await executor.run(id);
    const { rows } = await db.pool.query(
      "select run_at <= now() as due from graphile_worker.jobs where key = $1",
      [`execution:${id}`],
    );
    expect(rows).toEqual([{ due: true }]);
  });

  test("unknown ids are not found", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect(await codeOf(cancelExecution(actor, unknown))).toBe("not-found");
    expect(await codeOf(view(unknown))).toBe("not-found");
    expect(await codeOf(retryExecution(actor, unknown, { from: "failed", version: "same" }))).toBe(
      "not-found",
    );
  });
});
