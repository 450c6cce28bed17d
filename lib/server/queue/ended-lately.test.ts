import { expect, test } from "vitest";
import { countEnding } from "../executor/observed-store.ts";
import { metrics } from "../metrics/metrics.ts";
import { endedLately, endedSoFar } from "./ended-lately.ts";

test("what was added between two calls comes first, and a minute of it is kept", () => {
  const ended = endedLately(10);
  expect(ended(10)).toEqual([0]);
  expect(ended(25)).toEqual([15, 0]);
  expect(ended(26)).toEqual([1, 15, 0]);
  for (let slot = 0; slot < 20; slot++) ended(26);
  expect(ended(28)).toEqual([2, ...Array(11).fill(0)]);
});

test("a count that began anew takes nothing back", () => {
  const ended = endedLately(10);
  expect(ended(3)).toEqual([0]);
  expect(ended(5)).toEqual([2, 0]);
});

test("all that ended is counted, however it ended, and what will come back is not", async () => {
  metrics().register.resetMetrics();
  const nothing = { steps: [] };
  countEnding({ status: "succeeded" }, "live", nothing);
  countEnding({ status: "failed" }, "replay", nothing);
  countEnding({ status: "attention" }, "live", nothing);
  countEnding({ status: "waiting" }, "live", nothing);
  expect(await endedSoFar()).toBe(3);
});
