import { expect, test, vi } from "vitest";
import { MemoryStepStore } from "#lib/engine/memory-store.ts";
import { DoubtfulClaimError, wary } from "./wary-store.ts";

const step = { path: "c1", attempt: 1, status: "running", startedAt: "2026-05-01T10:00:00.000Z" } as const;

/** A store that takes this long to record, by the clock the wary one looks at. */
function storeTaking(ms: number) {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const memory = new MemoryStepStore();
  const record: MemoryStepStore["record"] = async (...args) => {
    now += ms;
    await memory.record(...args);
  };
  return wary({
    steps: (id) => memory.steps(id),
    sinceIntent: memory.sinceIntent.bind(memory),
    record,
  });
}

test("what was recorded in time is trusted", async () => {
  const store = storeTaking(9000);
  await store.record("e1", 1, { steps: [step] });
  expect(await store.steps("e1")).toEqual([step]);
});

test("a process that was frozen while it recorded does not go on to write", async () => {
  await expect(storeTaking(60_000).record("e1", 1, { steps: [step] })).rejects.toThrow(DoubtfulClaimError);
});

test("an ending is an ending, however long it took: nothing is written after it", async () => {
  await storeTaking(60_000).record("e1", 1, { steps: [step], ending: { status: "succeeded" } });
});
