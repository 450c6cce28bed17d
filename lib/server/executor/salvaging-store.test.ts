import { expect, test } from "vitest";
import type { Step } from "#lib/engine/execution.ts";
import { MemoryStepStore } from "#lib/engine/memory-store.ts";
import { LostClaimError } from "#lib/engine/ports.ts";
import { salvaging } from "./salvaging-store.ts";

const AT = "2026-05-01T10:00:00.000Z";
const step = (path: string, changes: Partial<Step> = {}): Step => ({
  path,
  attempt: 1,
  status: "succeeded",
  startedAt: AT,
  outputs: { of: path },
  ...changes,
});

/** A store that refuses inputs, or outputs, which say so. */
function refusing(error: Error) {
  const memory = new MemoryStepStore(() => Date.parse(AT));
  memory.claim("x", 1);
  const store = salvaging({
    steps: (id) => memory.steps(id),
    sinceIntent: (...asked) => memory.sinceIntent(...asked),
    record: async (id, fence, batch) => {
      if (batch.steps.some(({ inputs, outputs }) => inputs?.refused || outputs?.refused)) throw error;
      await memory.record(id, fence, batch);
    },
  });
  return { memory, store };
}

test("records what it can of steps that can't be recorded together, and says that they can't", async () => {
  const error = new RangeError("Invalid string length");
  const { memory, store } = refusing(error);
  const steps = [
    step("written"),
    step("given", { inputs: { refused: true }, exchanges: [] }),
    step("gave", { outputs: { refused: true } }),
    step("intent", { status: "running" }),
  ];
  await expect(store.record("x", 1, { steps, ending: { status: "succeeded" } })).rejects.toBe(error);
  expect(await memory.steps("x")).toEqual([step("written"), step("given")]);
});

test("leaves a claim that is lost and a database that is gone to those who come after", async () => {
  const { memory, store } = refusing(new LostClaimError("Taken over."));
  const steps = [step("written"), step("given", { inputs: { refused: true } })];
  await expect(store.record("x", 1, { steps })).rejects.toThrow(LostClaimError);
  expect(await memory.steps("x")).toEqual([]);
});
