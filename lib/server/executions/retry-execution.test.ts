import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registry } from "#lib/registry.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { createExecutor, type Executor } from "../executor/run-execution.ts";
import {
  A,
  actor,
  B,
  calling,
  codeOf,
  jobs,
  losingAnswer,
  refuse,
  started,
  stepsOf,
  view,
} from "../executor/test-calls.ts";
import { TestOrg } from "../executor/test-org.ts";
import { log } from "../log.ts";
import { retryExecution } from "./retry-execution.ts";

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

describe("retrying", () => {
  const fromFailed = { from: "failed", version: "same" } as const;

  test("from the failed card keeps what is done", async () => {
    const { id } = await started(db);
    org.answer = ({ path }) => (path === "/api/v1/b" ? refuse() : { status: 200, headers: {}, body: null });
    await executor.run(id);
    expect((await view(id)).error).toMatchObject({ code: "E0000001", path: "c2" });
    org.answer = () => ({ status: 200, headers: {}, body: null });
    expect(await retryExecution(actor, id, fromFailed)).toEqual({ executionId: id });
    // Its duration is that of the run that comes, without the time until somebody retried it.
    const again = { status: "queued", error: null, reason: null, startedAt: null, finishedAt: null };
    expect(await view(id)).toMatchObject(again);
    expect(await jobs(db, id)).toBe(1);
    await executor.run(id);
    expect(org.calls).toEqual([A, B, B]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded", "c2 1 failed", "c2 2 succeeded"]);
    expect((await view(id)).status).toBe("succeeded");
  });

  test("a write of unknown outcome is sent again only after a person has said so", async () => {
    const { id } = await started(db);
    org.answer = losingAnswer;
    await executor.run(id);
    expect((await view(id)).status).toBe("attention");
    await executor.run(id);
    expect(org.calls).toEqual([A]);
    org.answer = () => ({ status: 200, headers: {}, body: null });
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    await retryExecution(actor, id, {
      ...fromFailed,
      tookEffect: false,
      about: { path: "c1", attempt: 1 },
    });
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
    const { id } = await started(db);
    org.answer = losingAnswer;
    await executor.run(id);
    org.answer = () => ({ status: 200, headers: {}, body: null });
    await retryExecution(actor, id, { ...fromFailed, tookEffect: true, about: { path: "c1", attempt: 1 } });
    await executor.run(id);
    expect(org.calls).toEqual([A, B]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded person", "c2 1 succeeded"]);
    expect((await view(id)).status).toBe("succeeded");
  });

  test("nothing can be confirmed of an execution that is not in doubt", async () => {
    const { id } = await started(db);
    org.answer = refuse;
    await executor.run(id);
    expect(await codeOf(retryExecution(actor, id, { ...fromFailed, tookEffect: true }))).toBe("conflict");
    expect((await view(id)).status).toBe("failed");
  });

  test("from the start is a new execution, on the same or the newest version", async () => {
    const { id, flow } = await started(db);
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
    const { id, flow } = await started(db);
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    expect(await codeOf(retryExecution(actor, id, { from: "start", version: "same" }))).toBe("conflict");
    await executor.run(id);
    expect(await codeOf(retryExecution(actor, id, fromFailed))).toBe("conflict");
    await db.prisma.flow.update({ where: { id: flow.id }, data: { deletedAt: new Date() } });
    expect(await codeOf(retryExecution(actor, id, { from: "start", version: "same" }))).toBe("conflict");
  });

  test("clicked ten times at once it runs once", async () => {
    const { id } = await started(db, calling(A));
    org.answer = refuse;
    await executor.run(id);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(retryExecution(actor, id, fromFailed))),
    );
    expect(answers.toSorted()).toEqual([...Array(9).fill("conflict"), "no error"]);
    expect(await jobs(db, id)).toBe(1);
  });
});
