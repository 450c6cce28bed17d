import { afterAll, beforeAll, expect, test } from "vitest";
import { addBacklog } from "../executor/test-backlog.ts";
import { TestStage } from "../executor/test-stage.ts";

const EXECUTIONS = 8;
let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.open();
});
afterAll(async () => {
  await stage.clear();
  await stage.close();
});

test("one at a time over two workers, also when the one that has the turn is killed", async () => {
  const { db, gate } = stage;
  const ids = await addBacklog(stage, EXECUTIONS, { concurrency: 1 });
  const arrived = gate.hold("before", "POST", /\/groups$/);
  const workers = await Promise.all([stage.startWorker(), stage.startWorker()]);
  await arrived;
  const inLine = () => db.prisma.execution.count({ where: { place: "line", status: "waiting" } });
  await expect.poll(inLine, { timeout: 20_000 }).toBe(EXECUTIONS - 1);
  // Whichever of them has the turn.
  for (const worker of workers) await worker.kill();
  gate.release();
  await Promise.all([stage.startWorker(), stage.startWorker()]);
  const ended = await Promise.all(ids.map((id) => stage.outcome(id, 60_000)));
  expect(ended.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill("succeeded"));
  const inTurn = ended.toSorted((a, b) => Number(a.startedAt) - Number(b.startedAt));
  for (const [index, { startedAt }] of inTurn.entries())
    expect(Number(startedAt)).toBeGreaterThanOrEqual(Number(inTurn[index - 1]?.finishedAt ?? 0));
  expect(stage.applied("POST /api/v1/groups")).toBe(EXECUTIONS);
}, 120_000);
