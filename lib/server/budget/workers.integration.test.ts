import { afterAll, beforeAll, expect, test } from "vitest";
import { addBacklog } from "../executor/test-backlog.ts";
import { TestStage } from "../executor/test-stage.ts";

const EXECUTIONS = 24;
let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.open();
});
afterAll(async () => {
  await stage.clear();
  await stage.close();
});

test("two worker processes carry a backlog through a tight limit without one refusal by Okta", async () => {
  const { db, sandbox } = stage;
  await fetch(`${sandbox.url}/sandbox/rate-limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ windowSeconds: 3, buckets: [{ id: "all", prefix: "/", limit: 20 }] }),
  });
  const ids = await addBacklog(stage, EXECUTIONS);
  await Promise.all([stage.startWorker(), stage.startWorker()]);
  await expect
    .poll(() => db.prisma.execution.findFirst({ where: { status: "waiting" } }), { timeout: 20_000 })
    .toMatchObject({
      reason: expect.stringMatching(
        /^Waiting for Okta: flows have used their share .* write \/api\/v1\/groups/,
      ),
    });
  const ended = await Promise.all(ids.map((id) => stage.outcome(id, 60_000)));
  expect(ended.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill("succeeded"));
  const exchanges = ended.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.exchanges ?? []) as { status: number }[]),
  );
  expect(exchanges.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill(200));
  expect(stage.applied("POST /api/v1/groups")).toBe(EXECUTIONS);
}, 90_000);
