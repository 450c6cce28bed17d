import { expect, it } from "vitest";
import { canRetryFailed, elapsedMs, isUnfinished, timeLeft } from "./elapsed.ts";

const now = Date.parse("2026-11-21T09:00:10.000Z");

it("counts from the start to the end, or to now", () => {
  const startedAt = "2026-11-21T09:00:00.000Z";
  expect(elapsedMs({ startedAt, finishedAt: "2026-11-21T09:00:00.340Z" }, now)).toBe(340);
  expect(elapsedMs({ startedAt, finishedAt: null }, now)).toBe(10_000);
  expect(elapsedMs({ startedAt: null }, now)).toBeUndefined();
  expect(elapsedMs({ startedAt: "2026-11-21T09:00:11.000Z" }, now)).toBe(0);
});

it("shows the time left like a clock", () => {
  const at = (ms: number) => timeLeft(new Date(now + ms).toISOString(), now);
  expect([at(7_200), at(65_000), at(3_725_000), at(0), at(-5_000)]).toEqual([
    "8 s",
    "1:05",
    "1:02:05",
    "now",
    "now",
  ]);
});

it("knows what goes on by itself and what waits for a person", () => {
  expect(isUnfinished({ status: "waiting" })).toBe(true);
  expect(isUnfinished({ status: "attention" })).toBe(false);
  expect(canRetryFailed({ status: "attention" })).toBe(true);
  expect(canRetryFailed({ status: "cancelled" })).toBe(false);
});
