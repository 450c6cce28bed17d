import { expect, test } from "vitest";
import { areOne, type Kin, type NamedBucket, settleKin } from "./kin.ts";
import { lendCalls, NEW_BUCKET, type SharedBucket } from "./lend-calls.ts";

const NOW = 1_000_000;
const named = (name: string, more: Partial<SharedBucket> = {}): NamedBucket => ({
  name,
  bucket: { ...NEW_BUCKET, limit: 100, remaining: 90, endsAt: NOW + 30_000, window: 7, ...more },
});
const limbo = (name: string, kin: Kin = {}) => named(name, { remaining: null, endsAt: null, kin });

test("same limit and same reset are one, until a call says otherwise", () => {
  const [a, b] = [named("a"), named("b")];
  const first = settleKin(a, [b], undefined, NOW);
  expect(first).toMatchObject({ bucket: { kin: { b: { window: 7, one: true } } }, mates: [b.bucket] });
  const told = settleKin(a, [b], { window: 7, buckets: ["b"] }, NOW);
  expect(told).toMatchObject({ bucket: { kin: { b: { window: 7, one: false } } }, mates: [] });
  // The other one learns it from the row.
  expect(settleKin(b, [{ name: "a", bucket: told.bucket }], undefined, NOW).mates).toEqual([]);
});

test("another limit, or another window that has long to go, is another bucket", () => {
  expect(areOne(named("a"), named("b", { limit: 50 }), NOW)).toBe(false);
  expect(areOne(named("a", { kin: { b: { window: 6, one: true } } }), named("b", { window: 8 }), NOW)).toBe(
    false,
  );
});

test("before a window's first answers it is as it was, whichever of the two has seen the next one", () => {
  const [one, apart] = [{ b: { window: 7, one: true } }, { b: { window: 7, one: false } }];
  expect(areOne(limbo("a", one), limbo("b"), NOW)).toBe(true);
  expect(areOne(named("a", { window: 8, kin: one }), limbo("b"), NOW)).toBe(true);
  expect(areOne(named("a", { window: 8, kin: apart }), limbo("b"), NOW)).toBe(false);
  const ending = named("b", { endsAt: NOW + 1_500 });
  expect(areOne(named("a", { window: 8, kin: one }), ending, NOW)).toBe(true);
});

test("two told apart stay so for ten minutes, and are then decided anew", () => {
  const apart = { b: { window: 7, one: false } };
  const at = (window: number) =>
    settleKin(named("a", { window, kin: apart }), [named("b", { window })], undefined, NOW).bucket.kin;
  expect(at(67)).toEqual(apart);
  expect(at(667)).toEqual({ b: { window: 667, one: true } });
});

test("two that were one are none any more in windows that differ", () => {
  const one = { b: { window: 7, one: true } };
  const { bucket } = settleKin(named("a", { window: 8, kin: one }), [named("b")], undefined, NOW);
  expect(bucket.kin).toEqual({ b: { window: 8, one: false } });
  expect(areOne({ name: "a", bucket }, limbo("b"), NOW)).toBe(false);
});

test("what is lent of one counts against the share of all, and against what is left of it", () => {
  const [a, b] = [named("a", { granted: 5, used: 5 }), named("b", { granted: 43, used: 43, remaining: 52 })];
  expect(lendCalls(a.bucket, 50, NOW, "", [b.bucket]).loan).toMatchObject({ kind: "lent", calls: 1 });
  const out = { ...b.bucket, used: 41 };
  expect(lendCalls(a.bucket, 50, NOW, "", [out]).loan).toEqual({ kind: "spent", waitMs: 30_000 });
  expect(lendCalls(a.bucket, 50, NOW).loan).toMatchObject({ kind: "lent", calls: 3 });
});

test("one that has not seen the window lends of it, and waits for its end", () => {
  const spent = named("b", { granted: 50, used: 50, remaining: 50 });
  expect(lendCalls(limbo("a").bucket, 50, NOW, "", [spent.bucket]).loan).toEqual({
    kind: "spent",
    waitMs: 30_000,
  });
  const half = named("b", { granted: 25, used: 25, remaining: 75 }).bucket;
  let a = limbo("a").bucket;
  let lent = 0;
  for (;;) {
    const { bucket, loan } = lendCalls(a, 50, NOW, "", [half]);
    if (loan.kind !== "lent") break;
    a = bucket;
    lent += loan.calls;
  }
  expect(lent).toBe(25);
});

test("of one that is still in the window before, only what is under way counts in the next", () => {
  const before = named("b", { granted: 50, used: 48, remaining: 50, endsAt: NOW + 1_500, window: 6 });
  const a = named("a", { granted: 46, used: 46, remaining: 54 });
  let lent = 0;
  let { bucket } = a;
  for (;;) {
    const next = lendCalls(bucket, 50, NOW, "", [before.bucket]);
    if (next.loan.kind !== "lent") break;
    bucket = next.bucket;
    lent += next.loan.calls;
  }
  expect(lent).toBe(2);
});
