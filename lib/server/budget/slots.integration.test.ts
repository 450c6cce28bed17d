import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../db/test-records.ts";
import { log } from "../log.ts";
import { CallSlots } from "./call-slots.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
let opened: CallSlots[] = [];
beforeAll(async () => {
  log.level = "silent";
  db = await openTestDatabase();
});
afterEach(async () => {
  await Promise.all(opened.map((slots) => slots.close()));
  opened = [];
  await db.prisma.worker.deleteMany();
});
afterAll(() => db.drop());

/** The slots of so many workers, each announced as alive. */
async function workers(count: number): Promise<CallSlots[]> {
  const rows = Array.from({ length: count }, (_, index) => ({ id: `w${index}`, lockKey: index + 1 }));
  await db.prisma.worker.createMany({ data: rows });
  opened = rows.map(() => new CallSlots(db.url));
  return opened;
}

test("calls under way are never more than the limit over all workers, and all get through", async () => {
  let under = 0;
  let most = 0;
  let done = 0;
  const call = async (slots: CallSlots) => {
    const leave = await slots.enter("org", 5);
    under += 1;
    most = Math.max(most, under);
    await sleep(2);
    under -= 1;
    done += 1;
    leave();
  };
  const three = await workers(3);
  await Promise.all(three.flatMap((slots) => Array.from({ length: 60 }, () => call(slots))));
  expect(done).toBe(180);
  expect(most).toBeLessThanOrEqual(5);
  expect(most).toBeGreaterThan(1);
});

test("a worker alone may have all slots, of two each its half", async () => {
  const [alone] = await workers(1);
  await Promise.all(Array.from({ length: 4 }, () => alone?.enter("org", 4)));
  await alone?.close();
  await db.prisma.worker.create({ data: { id: "second", lockKey: 99 } });
  const again = new CallSlots(db.url);
  opened.push(again);
  await again.enter("org", 4);
  await again.enter("org", 4);
  await expect(again.enter("org", 4)).rejects.toMatchObject({
    details: { kind: "rateLimited", code: "calls-at-limit" },
  });
});

test("the slots of a worker whose connection is gone are free at once, and it goes on with new ones", async () => {
  const [dying] = await workers(1);
  const leave = await dying?.enter("org", 1);
  const end = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like 'flowdeck-call-slots:%' and datname = current_database()`;
  await db.pool.query(end);
  const other = new CallSlots(db.url);
  opened.push(other);
  const gone = await other.enter("org", 1);
  // What it had is no longer its own to give back.
  leave?.();
  gone();
  await other.close();
  (await dying?.enter("org", 1))?.();
});

test("a lowered limit holds for the next call", async () => {
  const [slots] = await workers(1);
  const leaves = await Promise.all(Array.from({ length: 3 }, () => slots?.enter("org", 3)));
  for (const leave of leaves) leave?.();
  await slots?.enter("org", 1);
  await expect(slots?.enter("org", 1)).rejects.toMatchObject({ details: { code: "calls-at-limit" } });
});

test("each org has slots of its own", async () => {
  const [slots] = await workers(1);
  await slots?.enter("one", 1);
  await slots?.enter("two", 1);
});
