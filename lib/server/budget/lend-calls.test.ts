import { expect, test } from "vitest";
import { lendCalls, NEW_BUCKET, noteReport, type SharedBucket } from "./lend-calls.ts";

const NOW = 1_000_000;
const seen = (remaining: number, endsInMs = 30_000, limit = 100) => ({ limit, remaining, endsInMs });
const known: SharedBucket = noteReport(NEW_BUCKET, { used: 0, seen: seen(100) }, NOW);

/** Borrows until nothing is left; every borrowed call is used and seen by Okta. */
function drain(bucket: SharedBucket, reserve: number, others = 0) {
  let current = bucket;
  let calls = 0;
  for (;;) {
    const { bucket: next, loan } = lendCalls(current, reserve, NOW);
    if (loan.kind !== "lent") return { calls, loan, bucket: next };
    calls += loan.calls;
    current = noteReport(next, { used: loan.calls, seen: seen(100 - others - calls) }, NOW);
  }
}

test("an unknown bucket lends one call to find its limit out", () => {
  expect(lendCalls(NEW_BUCKET, 50, NOW)).toMatchObject({ loan: { kind: "probe" }, bucket: { granted: 1 } });
});

test("all loans of a window are the limit less the reserve, and then it is waited for the window's end", () => {
  for (const [reserve, share] of [
    [50, 50],
    [0, 100],
    [90, 10],
    [33, 67],
  ] as const) {
    const { calls, loan } = drain(known, reserve);
    expect(calls).toBe(share);
    expect(loan).toEqual({ kind: "spent", waitMs: 30_000 });
  }
});

test("what others use is not taken from what is reserved for them", () => {
  const used = noteReport(NEW_BUCKET, { used: 0, seen: seen(70) }, NOW);
  expect(drain(used, 50, 30).calls).toBe(20);
  const all = noteReport(NEW_BUCKET, { used: 0, seen: seen(40) }, NOW);
  expect(lendCalls(all, 50, NOW).loan).toMatchObject({ kind: "spent" });
});

test("loans nobody has reported yet count as used", () => {
  let bucket = known;
  let lent = 0;
  for (let i = 0; i < 200; i++) {
    const next = lendCalls(bucket, 50, NOW);
    bucket = next.bucket;
    if (next.loan.kind === "lent") lent += next.loan.calls;
  }
  expect(lent).toBe(50);
});

test("of a limit of hundreds of thousands no more goes with one worker than of a small one", () => {
  const large = noteReport(NEW_BUCKET, { used: 0, seen: seen(600_000, 30_000, 600_000) }, NOW);
  expect(lendCalls(large, 50, NOW).loan).toMatchObject({ kind: "lent", calls: 250 });
});

test("a new window starts with what is lent and not reported, and with single calls until its first answer", () => {
  const { bucket } = lendCalls(known, 50, NOW);
  const after = lendCalls(bucket, 50, NOW + 31_000);
  expect(after).toMatchObject({ bucket: { carried: 3, granted: 4, remaining: null }, loan: { calls: 1 } });
  // Two windows on, those can't be under way any more.
  expect(lendCalls({ ...bucket }, 50, NOW + 95_000).bucket).toMatchObject({ carried: 0, granted: 1 });
});

test("a window Okta began early is taken over with what it counts already", () => {
  const { bucket } = drain(known, 50);
  const next = noteReport(bucket, { used: 2, seen: seen(95, 60_000) }, NOW + 29_000);
  expect(next).toMatchObject({ remaining: 95, granted: 5, endsAt: NOW + 89_000, usedBefore: 52 });
  expect(lendCalls(next, 50, NOW + 29_000).loan).toMatchObject({ kind: "lent" });
});

test("a late answer of the window before changes nothing", () => {
  const fresh = noteReport(known, { used: 0, seen: seen(99, 60_000) }, NOW + 31_000);
  expect(noteReport(fresh, { used: 0, seen: seen(1, 500) }, NOW + 31_000)).toEqual(fresh);
});

test("windows are told apart by the reset they name, however late an answer is read", () => {
  const first = { ...seen(90), window: 7 };
  const bucket = noteReport(known, { used: 0, seen: first }, NOW);
  const named = noteReport(
    { ...bucket, window: 7 },
    { used: 0, seen: { ...seen(80, 40_000), window: 7 } },
    NOW,
  );
  expect(named).toMatchObject({ remaining: 80, usedBefore: 0 });
  const over = lendCalls(named, 50, NOW + 31_000).bucket;
  // An answer of window 7 that comes now is not the first of the next one.
  expect(noteReport(over, { used: 0, seen: { ...seen(70, 1_000), window: 7 } }, NOW + 31_000)).toEqual(over);
  const next = noteReport(over, { used: 1, seen: { ...seen(99, 60_000), window: 8 } }, NOW + 31_000);
  expect(next).toMatchObject({ window: 8, remaining: 99, endsAt: NOW + 91_000 });
});

test("an end too far away is put right by the next answer", () => {
  const far = noteReport(NEW_BUCKET, { used: 0, seen: seen(100, 600_000) }, NOW);
  expect(noteReport(far, { used: 0, seen: seen(99, 40_000) }, NOW)).toMatchObject({
    endsAt: NOW + 40_000,
    remaining: 99,
  });
});

test("a bucket of one call is not waited for for ever", () => {
  const tiny = noteReport(NEW_BUCKET, { used: 0, seen: seen(1, 30_000, 1) }, NOW);
  expect(lendCalls(tiny, 50, NOW).loan).toMatchObject({ kind: "lent", calls: 1 });
});

/** Lends to flows in turn until each is refused, which it then tells of so many times more. @returns what each got */
function window(bucket: SharedBucket, now: number, wants: { [flow: string]: number }) {
  let current = noteReport(bucket, { used: 0, seen: { ...seen(100, 30_000), window: now } }, now);
  const got = Object.fromEntries(Object.keys(wants).map((flow) => [flow, 0]));
  for (const [flow, wanted] of Object.entries(wants)) {
    for (let had = 0; had < wanted; ) {
      const { bucket: next, loan } = lendCalls(current, 50, now, flow);
      current = next;
      if (loan.kind !== "lent") {
        current = noteReport(current, { used: 0, refused: { [flow]: wanted - had - 1 } }, now);
        break;
      }
      const calls = Math.min(loan.calls, wanted - had);
      had += calls;
      got[flow] = had;
      const left = 100 - Object.values(got).reduce((sum, part) => sum + part, 0);
      current = noteReport(current, { used: loan.calls, seen: { ...seen(left), window: now } }, now);
    }
  }
  return { bucket: current, got };
}

test("one flow alone gets the whole share of every window", () => {
  let bucket = known;
  for (let turn = 0; turn < 4; turn++) {
    const next = window(bucket, NOW + turn * 60_000, { a: 500 });
    bucket = next.bucket;
    expect(next.got.a).toBe(50);
  }
});

test("a flow that was refused finds its part of the next window kept, whoever comes first", () => {
  const first = window(known, NOW, { many: 500, few: 30 });
  expect(first.got).toEqual({ many: 50, few: 0 });
  const second = window(first.bucket, NOW + 60_000, { many: 450, few: 30 });
  expect(second.got).toEqual({ many: 25, few: 25 });
  const third = window(second.bucket, NOW + 120_000, { many: 425, few: 5 });
  expect(third.got).toEqual({ many: 45, few: 5 });
});

test("no more is kept for a flow than it was refused, and nothing once it wants no more", () => {
  const first = window(known, NOW, { many: 500, one: 1 });
  const second = window(first.bucket, NOW + 60_000, { many: 450 });
  expect(second.got.many).toBe(49);
  const third = window(second.bucket, NOW + 120_000, { many: 400 });
  expect(third.got.many).toBe(50);
});

test("three flows that want more than there is get a third each", () => {
  const wants = { a: 500, b: 500, c: 500 };
  const first = window(known, NOW, wants);
  const second = window(first.bucket, NOW + 60_000, wants);
  expect(Object.values(second.got).toSorted()).toEqual([16, 16, 18]);
});

test("a loan where others want calls too is for the flow that asked alone", () => {
  const { bucket } = window(known, NOW, { many: 500, few: 30 });
  const { loan } = lendCalls(
    noteReport(bucket, { used: 0, seen: { ...seen(100), window: NOW + 60_000 } }, NOW + 60_000),
    50,
    NOW + 60_000,
    "few",
  );
  expect(loan).toMatchObject({ kind: "lent", alone: true });
  expect(lendCalls(known, 50, NOW, "few").loan).toMatchObject({ kind: "lent", alone: false });
});
