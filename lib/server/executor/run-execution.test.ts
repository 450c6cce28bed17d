import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardError } from "#lib/cards/errors.ts";
import { LostClaimError } from "#lib/engine/ports.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { addFlow, documentOf, openTestDatabase } from "../db/test-records.ts";
import { cancelExecution } from "../executions/cancel-execution.ts";
import { getExecution } from "../executions/get-execution.ts";
import { retryExecution } from "../executions/retry-execution.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { log } from "../log.ts";
import { enqueueExecutions } from "../queue/enqueue.ts";
import { createExecutor, type Executor } from "./run-execution.ts";
import { TestOrg } from "./test-org.ts";

const actor: Actor = { kind: "user", id: "u1", name: "Ann", role: "owner" };
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

/** An event, then calls one after the other: `POST /api/v1/a` as a card that must not be repeated blindly. */
function calling(...calls: string[]): FlowDocument {
  const ids = calls.map((_, index) => `c${index + 1}`);
  const cards = calls.map((call, index) => {
    const [method = "", url = ""] = call.split(" ");
    const inputs = { relativeUrl: { value: url } };
    return [ids[index], { card: "okta.api.custom", v: 1, connection: "okta", options: { method }, inputs }];
  });
  return documentOf({
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
      ...Object.fromEntries(cards),
    },
    edges: ids.map((id, index) => ({ from: ids[index - 1] ?? "e", out: "next", to: id })),
  });
}

const A = "POST /api/v1/a";
const B = "POST /api/v1/b";

async function started(document = calling(A, B)) {
  const flow = await addFlow(db, { document });
  const { id } = await db.prisma.execution.create({
    data: {
      flowId: flow.id,
      versionId: flow.versionId,
      mode: "live",
      trigger: oktaEvent() as object,
      subject: "Ann",
    },
  });
  await enqueueExecutions(db.pool, [id]);
  return { id, flow };
}

const view = (id: string) => getExecution(actor, id);
const stepsOf = async (id: string) =>
  (await view(id)).steps.map(({ path, attempt, status, settled }) =>
    [path, attempt, status, ...(settled ? [settled] : [])].join(" "),
  );
const jobs = async (id: string) =>
  (
    await db.pool.query("select 1 from graphile_worker.jobs where key = $1 and attempts < max_attempts", [
      `execution:${id}`,
    ])
  ).rowCount;
const refuse = () => {
  throw new CardError("Okta said no.", { kind: "refused", code: "E0000001", status: 400 });
};
const losingAnswer = () => {
  throw new CardError("No answer.", { kind: "unavailable", code: "no-answer", sent: true });
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code: string }) => error.code,
  );

describe("running", () => {
  test("walks the flow and tells all about it", async () => {
    const { id, flow } = await started();
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
    const { id } = await started();
    await executor.run(id);
    await executor.run(id);
    expect(org.calls).toEqual([A, B]);
  });

  test("a run that was taken over throws, so that its queue entry stays", async () => {
    const { id } = await started();
    org.answer = async () => {
      await db.pool.query("update executions set fence = fence + 1 where id = $1", [id]);
      return { status: 200, headers: {}, body: null };
    };
    await expect(executor.run(id)).rejects.toThrow(LostClaimError);
    expect(org.calls).toEqual([A]);
  });

  test("a flow made for other cards fails and says so", async () => {
    const { id } = await started(documentOf({ cards: { e: { card: "gone.with.the.wind", v: 1 } } }));
    await executor.run(id);
    expect((await view(id)).error).toMatchObject({ code: "cannot-run", path: "e" });
  });

  test("a document that can't be read any more fails its executions", async () => {
    const { id, flow } = await started();
    await db.pool.query("update flow_versions set document = $2 where id = $1", [
      flow.versionId,
      { format: 999 },
    ]);
    await executor.run(id);
    const { status, reason } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
    expect([status, reason]).toEqual(["failed", expect.stringContaining("newer Flowdeck")]);
  });

  test("draining leaves before the next card and stays in the queue", async () => {
    const { id } = await started();
    org.answer = () => {
      executor.drain();
      return { status: 200, headers: {}, body: null };
    };
    await executor.run(id);
    expect([org.calls, (await view(id)).status, await jobs(id)]).toEqual([[A], "waiting", 1]);
    await createExecutor({ database: db, registry, connections: org.connections }).run(id);
    expect([org.calls, (await view(id)).status]).toEqual([[A, B], "succeeded"]);
  });
});

describe("cancelling", () => {
  test("a running execution stops before its next card", async () => {
    const { id } = await started();
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
    const { id } = await started();
    await db.prisma.execution.update({ where: { id }, data: { status: "running", fence: 1 } });
    await cancelExecution(actor, id);
    expect((await view(id)).cancelRequested).toBe(true);
    await executor.run(id);
    expect([(await view(id)).status, org.calls]).toEqual(["cancelled", []]);
  });

  test.each(["queued", "waiting", "attention"])(
    "one that is %s is cancelled at once and leaves the queue",
    async (status) => {
      const { id } = await started();
      await db.prisma.execution.update({ where: { id }, data: { status } });
      await cancelExecution(actor, id);
      expect([(await view(id)).status, await jobs(id)]).toEqual(["cancelled", 0]);
      await executor.run(id);
      expect(org.calls).toEqual([]);
    },
  );

  test("one that waits for Okta comes back at once when its cancelling crossed the wait", async () => {
    const { id } = await started(calling("GET /api/v1/a"));
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

describe("retrying", () => {
  const fromFailed = { from: "failed", version: "same" } as const;

  test("from the failed card keeps what is done", async () => {
    const { id } = await started();
    org.answer = ({ path }) => (path === "/api/v1/b" ? refuse() : { status: 200, headers: {}, body: null });
    await executor.run(id);
    expect((await view(id)).error).toMatchObject({ code: "E0000001", path: "c2" });
    org.answer = () => ({ status: 200, headers: {}, body: null });
    expect(await retryExecution(actor, id, fromFailed)).toEqual({ executionId: id });
    expect(await view(id)).toMatchObject({ status: "queued", error: null, reason: null, finishedAt: null });
    expect(await jobs(id)).toBe(1);
    await executor.run(id);
    expect(org.calls).toEqual([A, B, B]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded", "c2 1 failed", "c2 2 succeeded"]);
    expect((await view(id)).status).toBe("succeeded");
  });

  test("a write of unknown outcome is sent again only after a person has said so", async () => {
    const { id } = await started();
    org.answer = losingAnswer;
    await executor.run(id);
    expect((await view(id)).status).toBe("attention");
    await executor.run(id);
    expect(org.calls).toEqual([A]);
    org.answer = () => ({ status: 200, headers: {}, body: null });
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    await retryExecution(actor, id, { ...fromFailed, tookEffect: false });
    await executor.run(id);
    expect(org.calls).toEqual([A, A, B]);
    expect(await stepsOf(id)).toEqual([
      "e 1 succeeded",
      "c1 1 failed person",
      "c1 2 succeeded",
      "c2 1 succeeded",
    ]);
  });

  test("a write a person has seen happen is not sent again, and the flow goes on behind it", async () => {
    const { id } = await started();
    org.answer = losingAnswer;
    await executor.run(id);
    org.answer = () => ({ status: 200, headers: {}, body: null });
    await retryExecution(actor, id, { ...fromFailed, tookEffect: true });
    await executor.run(id);
    expect(org.calls).toEqual([A, B]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded person", "c2 1 succeeded"]);
    expect((await view(id)).status).toBe("succeeded");
  });

  test("nothing can be confirmed of an execution that is not in doubt", async () => {
    const { id } = await started();
    org.answer = refuse;
    await executor.run(id);
    expect(await codeOf(retryExecution(actor, id, { ...fromFailed, tookEffect: true }))).toBe("conflict");
    expect((await view(id)).status).toBe("failed");
  });

  test("from the start is a new execution, on the same or the newest version", async () => {
    const { id, flow } = await started();
    await executor.run(id);
    const version = await db.prisma.flowVersion.create({
      data: { id: crypto.randomUUID(), flowId: flow.id, number: 2, document: calling(B), createdBy: "Ann" },
    });
    await db.prisma.flow.update({ where: { id: flow.id }, data: { liveVersionId: version.id } });
    expect((await view(id)).newerVersion).toBe(2);

    const same = await retryExecution(actor, id, { from: "start", version: "same" });
    const latest = await retryExecution(actor, id, { from: "start", version: "latest" });
    expect(new Set([id, same.executionId, latest.executionId]).size).toBe(3);
    await executor.run(same.executionId);
    expect(org.calls).toEqual([A, B, A, B]);
    await executor.run(latest.executionId);
    expect(org.calls).toEqual([A, B, A, B, B]);
    expect(await view(latest.executionId)).toMatchObject({ retryOf: id, version: 2, subject: "Ann" });
    expect((await view(id)).retries).toEqual([same.executionId, latest.executionId]);
  });

  test("is refused where there is nothing to retry", async () => {
    const { id, flow } = await started();
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    expect(await codeOf(retryExecution(actor, id, { from: "start", version: "same" }))).toBe("conflict");
    await executor.run(id);
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    await db.prisma.flow.update({ where: { id: flow.id }, data: { deletedAt: new Date() } });
    expect(await codeOf(retryExecution(actor, id, { from: "start", version: "same" }))).toBe("conflict");
  });

  test("clicked ten times at once it runs once", async () => {
    const { id } = await started(calling(A));
    org.answer = refuse;
    await executor.run(id);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(retryExecution(actor, id, fromFailed))),
    );
    expect(answers.toSorted()).toEqual([...Array(9).fill("conflict"), "no error"]);
    expect(await jobs(id)).toBe(1);
  });
});
