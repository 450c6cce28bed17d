import { expect, test } from "vitest";
import { Bucket } from "./bucket.ts";
import { type BucketReport, type Loan, lendCalls, NEW_BUCKET, noteReport } from "./lend-calls.ts";

/** A bucket shared by nobody else, whose window has 40 calls of which 20 are ours. */
function stage() {
  const world = { now: 0, asked: 0, shared: NEW_BUCKET };
  const ask = async (report: BucketReport, borrowFor: string | null): Promise<Loan | undefined> => {
    world.asked += 1;
    world.shared = noteReport(world.shared, report, world.now);
    if (borrowFor === null) return undefined;
    const { bucket, loan } = lendCalls(world.shared, 50, world.now, borrowFor);
    world.shared = bucket;
    return loan;
  };
  return { world, bucket: new Bucket(ask, () => world.now) };
}

test("calls while the limit is being found out wait for the one that finds it out", async () => {
  const { world, bucket } = stage();
  expect(await bucket.take()).toBe(0);
  let through = 0;
  const others = Array.from({ length: 5 }, () => bucket.take().then(() => through++));
  await new Promise(setImmediate);
  expect(through).toBe(0);
  bucket.note({ limit: 40, remaining: 39, endsInMs: 10_000 }, true);
  await Promise.all(others);
  expect([through, world.shared.limit]).toEqual([5, 40]);
});

test("calls wait a few seconds for the one that finds the limit out, after that elsewhere", async () => {
  const { world, bucket } = stage();
  expect(await bucket.take()).toBe(0);
  expect(bucket.isProbed).toBe(true);
  world.now = 3_000;
  expect(await bucket.take()).toBe(3_000);
  world.now = 40_000;
  expect(await bucket.take()).toBe(40_000);
  expect(bucket.note({ limit: 40, remaining: 39, endsInMs: 10_000 }, true)).toBe(true);
  expect([await bucket.take(), bucket.isProbed]).toEqual([0, false]);
  expect(bucket.note({ limit: 40, remaining: 38, endsInMs: 10_000 }, true)).toBe(false);
});

test("the share is used up, then everybody waits for the end of the window without asking", async () => {
  const { world, bucket } = stage();
  let made = 0;
  while ((await bucket.take()) === 0) {
    made += 1;
    bucket.note({ limit: 40, remaining: 40 - made, endsInMs: 10_000 }, true);
  }
  expect(made).toBe(20);
  const { asked } = world;
  for (let i = 0; i < 50; i++) expect(await bucket.take()).toBe(10_000);
  expect(world.asked).toBe(asked);
  world.now = 10_001;
  expect(await bucket.take()).toBe(0);
});

test("what one flow was refused another may still be lent, and what was refused here is told", async () => {
  const { world, bucket } = stage();
  for (let made = 1; (await bucket.take("many")) === 0; made++)
    bucket.note({ limit: 40, remaining: 40 - made, endsInMs: 10_000 }, true);
  for (let i = 0; i < 30; i++) await bucket.take("many");
  expect(await bucket.take("few")).toBe(10_000);
  await bucket.report();
  world.now = 10_001;
  let many = 0;
  while ((await bucket.take("many")) === 0) {
    many += 1;
    bucket.note({ limit: 40, remaining: 40 - many, endsInMs: 10_000 }, true);
  }
  expect(many).toBe(19);
  expect(await bucket.take("few")).toBe(0);
});

test("most calls of a wide bucket ask nobody", async () => {
  const { world, bucket } = stage();
  for (let made = 1; made <= 2_000; made++) {
    expect(await bucket.take()).toBe(0);
    bucket.note({ limit: 100_000, remaining: 100_000 - made, endsInMs: 10_000 }, true);
  }
  // A loan has 250 calls at most.
  expect(world.asked).toBeLessThan(10);
});

test("an org that names no limits is not held up", async () => {
  const { world, bucket } = stage();
  expect(await bucket.take()).toBe(0);
  bucket.note(undefined, true);
  for (let i = 0; i < 10; i++) expect(await bucket.take()).toBe(0);
  expect(world.asked).toBe(1);
});

test("a call without an answer lets the next one find the limit out", async () => {
  const { bucket } = stage();
  expect(await bucket.take()).toBe(0);
  const next = bucket.take();
  bucket.note(undefined, false);
  expect(await next).toBe(0);
});

test("what could not be reported is reported with the next", async () => {
  const reports: BucketReport[] = [];
  let away = false;
  const bucket = new Bucket(
    async (report) => {
      if (away) throw new Error("The database is away.");
      reports.push(report);
      return { kind: "lent", calls: 10, forMs: 1000, floor: 0, window: null, alone: false };
    },
    () => 0,
  );
  await bucket.take();
  away = true;
  await expect(bucket.report()).rejects.toThrow("away");
  away = false;
  await bucket.report();
  expect(reports.at(-1)).toEqual({ used: 1 });
});
