import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MASK } from "#lib/cards/mask.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { createExecutor, type Executor } from "../executor/run-execution.ts";
import {
  A,
  actor,
  B,
  calling,
  losingAnswer,
  refuse,
  started,
  stepsOf,
  view,
} from "../executor/test-calls.ts";
import { TestOrg } from "../executor/test-org.ts";
import { log } from "../log.ts";
import { retryExecution } from "./retry-execution.ts";

const ben: Actor = { ...actor, id: "u2", name: "Ben" };
const answers = () => ({ status: 200, headers: {}, body: null });
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

/** The second call goes to what the first one answered, and tells its status. */
function fromTheFirst(): FlowDocument {
  const document = calling(A, B);
  const { c2 } = document.cards;
  if (!c2) throw new Error("There is no second call.");
  const inputs = {
    relativeUrl: { ref: ["c1", "body", "path"] as [string, ...string[]] },
    headers: { object: { "x-status": { ref: ["c1", "statusCode"] as [string, ...string[]] } } },
  };
  return { ...document, cards: { ...document.cards, c2: { ...c2, inputs } } };
}

/** An execution that asks what became of its first call. */
async function inDoubt(document = fromTheFirst()) {
  const { id } = await started(db, document);
  org.answer = losingAnswer;
  await executor.run(id);
  expect((await view(id)).status).toBe("attention");
  org.answer = answers;
  return id;
}

const about = { path: "c1", attempt: 1 };
const happened = (outputs?: JsonObject) =>
  ({ from: "failed", version: "same", tookEffect: true, about, outputs }) as const;
const didNot = { from: "failed", version: "same", tookEffect: false, about } as const;
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { body: object }) => error.body,
  );
const auditOf = async (id: string) =>
  (await db.prisma.auditEntry.findMany({ where: { objectId: id } })).map(({ detail }) => detail);

describe("outputs given by who saw that a write happened", () => {
  test("are what the cards behind get, in the types they ask for, and are marked with the name", async () => {
    const id = await inDoubt();
    await retryExecution(actor, id, happened({ body: { path: "/api/v1/found" }, statusCode: "201" }));
    await executor.run(id);
    expect(org.calls).toEqual([A, "POST /api/v1/found"]);
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded person", "c2 1 succeeded"]);
    const { steps } = await view(id);
    expect(steps[1]).toMatchObject({
      settledBy: "Ann",
      outputs: { body: { path: "/api/v1/found" }, statusCode: 201 },
    });
    expect(steps[2]?.inputs).toMatchObject({ headers: { "x-status": 201 } });
    expect(await auditOf(id)).toEqual([
      {
        from: "failed",
        version: "same",
        tookEffect: true,
        card: "c1",
        outputs: ["body", "statusCode"],
        executionId: id,
      },
    ]);
  });

  test("are kept when the execution is retried from a later card", async () => {
    const id = await inDoubt();
    org.answer = refuse;
    await retryExecution(actor, id, happened({ body: { path: "/api/v1/found" } }));
    await executor.run(id);
    expect((await view(id)).error).toMatchObject({ path: "c2" });
    org.answer = answers;
    await retryExecution(ben, id, { from: "failed", version: "same" });
    await executor.run(id);
    expect(org.calls).toEqual([A, "POST /api/v1/found", "POST /api/v1/found"]);
    expect((await view(id)).steps[1]).toMatchObject({
      settledBy: "Ann",
      outputs: { body: { path: "/api/v1/found" } },
    });
  });

  test("are refused where they lack what a card can't do without, or are of another type, and nothing goes on", async () => {
    const id = await inDoubt();
    for (const [outputs, path] of [
      [undefined, "body.outputs.body"],
      [{ body: {} }, "body.outputs.body.path"],
      [{ body: { path: "/a" }, statusCode: "soon" }, "body.outputs.statusCode"],
      [{ body: { path: "/a" }, headers: {} }, "body.outputs.headers"],
    ] as const) {
      const refusal = await refusalOf(retryExecution(actor, id, happened(outputs)));
      expect(refusal).toMatchObject({ code: "bad-request", problems: [{ path }] });
    }
    const masked = happened({ body: { path: MASK } });
    expect(await refusalOf(retryExecution(actor, id, masked))).toMatchObject({ code: "bad-request" });
    const denied = { ...didNot, outputs: { body: { path: "/a" } } };
    expect(await refusalOf(retryExecution(actor, id, denied))).toMatchObject({ code: "bad-request" });
    expect((await view(id)).status).toBe("attention");
    expect(await auditOf(id)).toEqual([]);
  });

  test("are not asked for where no card behind uses any", async () => {
    const id = await inDoubt(calling(A, B));
    await retryExecution(actor, id, happened());
    await executor.run(id);
    expect((await view(id)).status).toBe("succeeded");
  });
});

describe("two people who answer the same question", () => {
  test("at once: the second is told what the first one said, and only that counts", async () => {
    const id = await inDoubt(calling(A));
    const refusals = await Promise.all(
      Array.from({ length: 5 }, () => refusalOf(retryExecution(actor, id, happened()))),
    );
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1);
    const late = await refusalOf(retryExecution(ben, id, didNot));
    expect(late).toMatchObject({
      code: "conflict",
      message: "Ann was first and said that “Custom API Action” happened.",
    });
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual(Array(4).fill(late));
    await executor.run(id);
    expect(org.calls).toEqual([A]);
  });

  test("one after the other: an answer to the first write is none to the second", async () => {
    const id = await inDoubt(calling(A, B));
    org.answer = losingAnswer;
    await retryExecution(actor, id, didNot);
    await executor.run(id);
    // Now the second attempt is in doubt; Ben still looks at the first one.
    expect(await refusalOf(retryExecution(ben, id, happened()))).toMatchObject({
      code: "conflict",
      message: "Ann was first and said that “Custom API Action” did not happen.",
    });
    expect((await view(id)).status).toBe("attention");
    expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 failed person", "c1 2 unknown"]);
  });

  test("without saying which attempt is meant", async () => {
    const id = await inDoubt(calling(A));
    await retryExecution(actor, id, happened());
    expect(await refusalOf(retryExecution(ben, id, { ...didNot, about: undefined }))).toMatchObject({
      message: "Ann was first and said that “Custom API Action” happened.",
    });
  });

  test.each([true, false])(
    "an answer that names no write settles none: tookEffect %s",
    async (tookEffect) => {
      const id = await inDoubt(calling(A, B));
      const unnamed = { from: "failed", version: "same", tookEffect } as const;
      expect(await refusalOf(retryExecution(ben, id, unnamed))).toMatchObject({
        code: "conflict",
        message: "“Custom API Action” may or may not have happened; the answer names no write.",
      });
      // It was meant for the first write, or to approve further ones, and came when the second write was in doubt.
      org.answer = losingAnswer;
      await retryExecution(actor, id, happened());
      await executor.run(id);
      expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded person", "c2 1 unknown"]);
      expect(await refusalOf(retryExecution(ben, id, unnamed))).toMatchObject({ code: "conflict" });
      expect(await stepsOf(id)).toEqual(["e 1 succeeded", "c1 1 succeeded person", "c2 1 unknown"]);
      expect(org.calls).toEqual([A, B]);
    },
  );
});
