import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitClearsIn } from "#lib/api/limit-clears-in.ts";
import { type BacklogFacts, outlookOf, paceOf } from "./outlook.ts";

const NOW = Date.parse("2026-11-22T14:00:00.000Z");
const QUIET: BacklogFacts = {
  ready: 0,
  okta: 0,
  age: 0,
  ended: [[]],
  sinceLastEnd: null,
  arrivedPerSecond: 0,
  limits: [],
  oktaFor: 0,
};
const minute = (perSlot: number) => Array(12).fill(perSlot);
const outlook = (facts: Partial<BacklogFacts>) => outlookOf({ ...QUIET, ...facts }, NOW);

describe("pace", () => {
  test("is that of the time since the backlog began, over all workers", () => {
    const ended = [
      [500, 500, 10, 10, 10],
      [250, 250, 0, 0, 0],
    ];
    expect(paceOf({ ended, age: 3 })).toBe(150);
    expect(paceOf({ ended, age: 10 })).toBe(150);
    expect(paceOf({ ended, age: 25 })).toBe((1030 + 500) / 25);
  });

  test("is that of the last minute at most", () => {
    expect(paceOf({ ended: [[...minute(50), 999]], age: 3600 })).toBe(10);
  });

  test("of a worker that has just started is that of the time it lives", () => {
    expect(paceOf({ ended: [[100], minute(50), []], age: 600 })).toBe(30);
  });
});

describe("outlook", () => {
  test("is clear where nothing waits, with or without a worker", () => {
    expect(outlook({})).toEqual({ kind: "clear" });
    expect(outlook({ ended: [] })).toEqual({ kind: "clear" });
  });

  test("names no time without a worker", () => {
    expect(outlook({ ready: 5, age: 60, ended: [] })).toEqual({ kind: "no-worker" });
    expect(outlook({ okta: 5, oktaFor: 60, ended: [] })).toEqual({ kind: "no-worker" });
  });

  test("goes by the pace", () => {
    const facts = { ready: 3600, age: 45, ended: [minute(300), minute(300)] };
    expect(outlook(facts)).toEqual({ kind: "done", inSeconds: 30, by: "pace" });
  });

  test("counts those that wait for Okta as work too", () => {
    const facts = { ready: 3000, okta: 600, oktaFor: 20, age: 45, ended: [minute(600)] };
    expect(outlook(facts)).toEqual({ kind: "done", inSeconds: 30, by: "pace" });
  });

  test("goes by a rate limit where that is later", () => {
    const limits = [{ waiting: 900, share: 300, endsIn: 40 }];
    const facts = { ready: 100, okta: 900, oktaFor: 45, age: 45, ended: [minute(600)], limits };
    expect(outlook(facts)).toEqual({ kind: "done", inSeconds: 160, by: "okta" });
  });

  test("of those that wait for Okta alone does not ask for a pace", () => {
    expect(outlook({ okta: 38, oktaFor: 12.3, age: 40, ended: [minute(0)] })).toEqual({
      kind: "done",
      inSeconds: 13,
      by: "okta",
    });
  });

  test("says since when nothing has ended", () => {
    const facts = { ready: 10, ended: [minute(0)] };
    const since = (ms: number) => ({ kind: "standing", since: new Date(NOW - ms).toISOString() });
    expect(outlook({ ...facts, age: 600, sinceLastEnd: 120 })).toEqual(since(120_000));
    expect(outlook({ ...facts, age: 90, sinceLastEnd: 3600 })).toEqual(since(90_000));
  });

  test("waits for figures where the workers have just started", () => {
    expect(outlook({ ready: 10, age: 600, ended: [[], [0]] })).toEqual({ kind: "unknown" });
  });

  test("does not hold a burst against the quiet before it", () => {
    const quiet = [[1, 0, 0, 1, 0, 0]];
    expect(outlook({ ready: 100, age: 4, arrivedPerSecond: 7, ended: quiet })).toEqual({ kind: "unknown" });
    expect(outlook({ ready: 100, age: 4, ended: [[0, 0, 0]] })).toEqual({ kind: "unknown" });
    const begun = { ready: 834, age: 6, ended: [[190, 0, 0]] };
    expect(outlook({ ...begun, arrivedPerSecond: 200 })).toEqual({ kind: "unknown" });
    expect(outlook({ ...begun, arrivedPerSecond: 10 })).toMatchObject({ kind: "done", inSeconds: 44 });
  });

  test("names no time while clearly more arrives than ends", () => {
    const facts = { ready: 1000, age: 60, ended: [minute(500)] };
    expect(outlook({ ...facts, arrivedPerSecond: 150 })).toEqual({ kind: "growing" });
    expect(outlook({ ...facts, arrivedPerSecond: 105 })).toMatchObject({ kind: "done" });
  });
});

const counted = fc.nat(100_000);
const seconds = fc.double({ min: 0, max: 100_000, noNaN: true });
const anyFacts: fc.Arbitrary<BacklogFacts> = fc.record({
  ready: counted,
  okta: counted,
  age: seconds,
  ended: fc.array(fc.array(fc.nat(10_000), { maxLength: 12 }), { maxLength: 4 }),
  sinceLastEnd: fc.option(seconds),
  arrivedPerSecond: seconds,
  limits: fc.array(fc.record({ waiting: counted, share: fc.nat(10_000), endsIn: seconds }), { maxLength: 3 }),
  oktaFor: seconds,
});

describe("whatever is known", () => {
  test("a time is a whole number of seconds, and never before the limits let the last one through", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const found = outlookOf(facts, NOW);
        if (found.kind !== "done") return;
        expect(Number.isSafeInteger(found.inSeconds) && found.inSeconds >= 0).toBe(true);
        for (const limit of facts.limits)
          expect(found.inSeconds).toBeGreaterThanOrEqual(limitClearsIn(limit));
        expect(found.inSeconds).toBeGreaterThanOrEqual(facts.oktaFor);
      }),
    );
  });

  test("no time is named without a worker, nor while nothing ends and something is ready", () => {
    fc.assert(
      fc.property(anyFacts, fc.boolean(), (facts, none) => {
        const ended = none ? [] : facts.ended.map((slots) => slots.map(() => 0));
        const { kind } = outlookOf({ ...facts, ready: facts.ready + 1, ended }, NOW);
        expect(["no-worker", "standing", "unknown"]).toContain(kind);
      }),
    );
  });

  test("more that waits is never over sooner", () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(1000), (facts, more) => {
        const [few, many] = [facts, { ...facts, ready: facts.ready + more }].map((some) =>
          outlookOf(some, NOW),
        );
        if (facts.ready > 0 && few?.kind === "done" && many?.kind === "done")
          expect(many.inSeconds).toBeGreaterThanOrEqual(few.inSeconds);
      }),
    );
  });

  test("standing still began no earlier than the oldest came", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const found = outlookOf(facts, NOW);
        if (found.kind === "standing")
          expect(Date.parse(found.since)).toBeGreaterThanOrEqual(Math.floor(NOW - facts.age * 1000));
      }),
    );
  });
});
