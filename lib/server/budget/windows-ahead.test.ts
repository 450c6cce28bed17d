import { expect, test } from "vitest";
import { Bucket } from "./bucket.ts";
import { type BucketReport, type Loan, lendCalls, NEW_BUCKET, noteReport, shareOf } from "./lend-calls.ts";
import { WindowsAhead } from "./windows-ahead.ts";

const WINDOW_MS = 10_000;
const LIMIT = 100;
const SHARE = shareOf(LIMIT, 50);
/** What a worker takes up in a millisecond: 700 in a second. */
const PACE = 0.7;

/** A worker, a queue by the time entries are due, and an org whose windows begin every ten seconds. Time is made. */
function stage() {
  const world = { now: 0, shared: NEW_BUCKET, called: 0, taken: 0 };
  const queue: { flow: string; runAt: number }[] = [];
  const done: { flow: string; at: number }[] = [];
  const ask = async (report: BucketReport, borrowFor: string | null): Promise<Loan | undefined> => {
    world.shared = noteReport(world.shared, report, world.now);
    if (borrowFor === null) return undefined;
    const { bucket, loan } = lendCalls(world.shared, 50, world.now, borrowFor);
    world.shared = bucket;
    return loan;
  };
  const bucket = new Bucket(ask, () => world.now);
  const ahead = new WindowsAhead();
  let window = 0;

  function answer() {
    if (Math.floor(world.now / WINDOW_MS) !== window) world.called = 0;
    window = Math.floor(world.now / WINDOW_MS);
    world.called += 1;
    const endsInMs = (window + 1) * WINDOW_MS - world.now;
    const seen = { limit: LIMIT, remaining: LIMIT - world.called, endsInMs, window: window + 1 };
    ahead.note(seen, SHARE);
    bucket.note(seen, true);
  }

  async function takeUp({ flow }: { flow: string }) {
    world.taken += 1;
    const waitMs = await bucket.take(flow);
    if (waitMs > 0) queue.push({ flow, runAt: world.now + ahead.wait(flow, waitMs, world.now) });
    else {
      answer();
      done.push({ flow, at: world.now });
    }
  }

  /** Lets the worker work until then. */
  async function until(end: number) {
    for (; world.now < end; world.now += 100) {
      queue.sort((a, b) => a.runAt - b.runAt);
      const due = queue.findIndex(({ runAt }) => runAt > world.now);
      const count = Math.min(due === -1 ? queue.length : due, 100 * PACE);
      for (const entry of queue.splice(0, count)) await takeUp(entry);
    }
  }

  const arrive = (flow: string, count: number) =>
    queue.push(...Array.from({ length: count }, () => ({ flow, runAt: world.now })));
  return { world, done, arrive, until };
}

test("one execution of a flow waits a window at most, however many of another one wait, and no call is lost", async () => {
  const { world, done, arrive, until } = stage();
  arrive("bulk", 8000);
  await until(35_000);
  for (const arrived of [35_000, 62_000, 91_000]) {
    await until(arrived);
    arrive("small", 1);
    await until(arrived + WINDOW_MS + 1_000);
    expect(done.filter(({ flow, at }) => flow === "small" && at >= arrived)).toHaveLength(1);
  }
  const before = { taken: world.taken, done: done.length };
  await until(world.now + 10 * WINDOW_MS);
  expect(done.length - before.done).toBeGreaterThanOrEqual(10 * SHARE - 5);
  // All of the nearly 8,000 came back in every window before, as far as the worker got.
  expect(world.taken - before.taken).toBeLessThan(10 * 1500);
});

test("as many as the share allows come back at the reset, the others windows later, none after a quarter of an hour", () => {
  const ahead = new WindowsAhead();
  expect(ahead.wait("a", 1000, 0)).toBe(1000);
  ahead.note({ limit: 600, remaining: 1, endsInMs: 60_000, window: 9 }, 300);
  ahead.note({ limit: 600, remaining: 1, endsInMs: 20_000, window: 9 }, 300);
  const waits = Array.from({ length: 20_000 }, (_, at) =>
    ahead.wait("a", 20_000 - at / 10, 40_000 + at / 10),
  );
  const perWindow = Object.values(Object.groupBy(waits, (ms) => Math.floor((ms - 18_000) / 60_000)));
  expect(perWindow).toHaveLength(15);
  expect(Math.max(...perWindow.map((some) => some?.length ?? 0))).toBeLessThanOrEqual(1800);
  expect(waits.slice(0, 600).every((ms) => ms <= 20_000)).toBe(true);
  expect(Math.max(...waits)).toBeLessThan(15 * 60_000);
});

test("the first one of each flow comes back at the reset, and a new window begins anew", () => {
  const ahead = new WindowsAhead();
  ahead.note({ limit: 20, remaining: 1, endsInMs: 60_000, window: 9 }, 10);
  const flows = Array.from({ length: 200 }, (_, at) => `flow-${at}`);
  expect(flows.map((flow) => ahead.wait(flow, 60_000, 0))).toEqual(flows.map(() => 60_000));
  expect(ahead.wait("flow-0", 60_000, 0)).toBe(120_000);
  expect(ahead.wait("flow-0", 60_000, 60_001)).toBe(60_000);
});
