import { afterAll, beforeAll, expect, test } from "vitest";
import type { Step } from "#lib/engine/execution.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { createStepStore } from "../executor/step-store.ts";
import { shownSteps } from "./shown-steps.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const AT = "2026-05-01T10:00:00.000Z";
const step = (path: string, inputs: number, outputs: number, calls = 0): Step => ({
  path,
  attempt: 1,
  status: "succeeded",
  startedAt: AT,
  finishedAt: AT,
  inputs: { text: "x".repeat(inputs) },
  outputs: { text: "x".repeat(outputs) },
  ...(calls > 0
    ? { exchanges: [{ method: "POST", path: "/", requestBody: "x".repeat(calls), durationMs: 1, at: AT }] }
    : {}),
});

/** An execution with steps whose values have so many bytes and a little more. */
async function recorded(steps: Step[]) {
  const flow = await addFlow(db);
  const data = { flowId: flow.id, versionId: flow.versionId, mode: "live", status: "running", fence: 1 };
  const { id } = await db.prisma.execution.create({ data });
  await createStepStore(db.pool).record(id, 1, { steps });
  return id;
}

test("shows steps as they are where they are not too much", async () => {
  const steps = [step("b", 10, 10, 10), step("a", 10, 1_000_000)];
  expect(await shownSteps(db.pool, await recorded(steps))).toEqual(steps);
});

test("leaves out the largest values until the rest is not too much, and says how large they are", async () => {
  const steps = [step("a", 5_000, 900), step("b", 10, 3_000, 4_000), step("c", 6_000, 10)];
  const [a, b, c] = await shownSteps(db.pool, await recorded(steps), 5_000);
  expect(a).toEqual({ ...steps[0], inputs: undefined, leftOut: { inputs: 5_000 + 12 } });
  expect(b).toMatchObject({ outputs: steps[1]?.outputs, leftOut: { exchanges: expect.any(Number) } });
  expect(b).not.toHaveProperty("exchanges");
  expect(c).toMatchObject({ outputs: { text: "x".repeat(10) }, leftOut: { inputs: 6_000 + 12 } });
});
