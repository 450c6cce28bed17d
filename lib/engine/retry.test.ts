import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, spreadOf } from "./limits.ts";
import { backoff, settleWait } from "./retry.ts";

describe("backoff", () => {
  it("doubles to the cap", () => {
    const limits = { ...DEFAULT_LIMITS, spread: () => 0 };
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => backoff(failures, "s", limits));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("is shortened by up to half, the same for the same attempt", () => {
    const waits = Array.from({ length: 500 }, (_, index) =>
      backoff(3, `execution-${index}/c4#3`, DEFAULT_LIMITS),
    );
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4000);
    expect(new Set(waits).size).toBeGreaterThan(350);
    expect(backoff(3, "x", DEFAULT_LIMITS)).toBe(backoff(3, "x", DEFAULT_LIMITS));
  });
});

describe("spreadOf", () => {
  it("spreads neighbouring seeds evenly over 0 to 1", () => {
    const tenths = new Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index++) {
      const tenth = Math.floor(spreadOf(`e${index}`) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1150);
  });
});

describe("settleWait", () => {
  const since = new Date("2026-11-21T09:00:00Z");
  it.each([
    [0, 1000],
    [5000, 5000],
    [500_000, 60_000],
    [DEFAULT_LIMITS.settleWithinMs, undefined],
  ])("unknown for %i ms: %s", (elapsed, wait) => {
    expect(settleWait(since, new Date(since.getTime() + elapsed), DEFAULT_LIMITS)).toBe(wait);
  });
});
