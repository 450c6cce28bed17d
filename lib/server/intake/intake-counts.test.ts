import { afterAll, beforeAll, expect, test } from "vitest";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { addUpPastDays, intakeCounts } from "./intake-counts.ts";

const DAY = 24 * 3_600_000;
let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

interface Came {
  daysAgo: number;
  source?: string;
  events: number;
  duplicates?: number;
  late?: number;
}

function came(connectionId: string, { daysAgo, source = "hook", events, duplicates = 0, late = 0 }: Came) {
  const receivedAt = new Date(Date.now() - daysAgo * DAY);
  const counts = { eventCount: events, duplicateCount: duplicates, lateCount: late };
  const newestPublished = new Date(receivedAt.getTime() - 1500);
  return db.prisma.delivery.create({
    data: { connectionId, source, receivedAt, newestPublished, ...counts },
  });
}

test("the last day and all time are told apart by how events came", async () => {
  const { id } = await addConnection(db);
  await came(id, { daysAgo: 3, events: 10, duplicates: 2, late: 1 });
  await came(id, { daysAgo: 0.5, events: 4, duplicates: 1 });
  await came(id, { daysAgo: 0.2, source: "log", events: 3, late: 2 });
  // What the hook brought while the log was being read is no duplicate Okta sent.
  await came(id, { daysAgo: 0.1, source: "recovery", events: 5, duplicates: 1 });
  const counts = await intakeCounts(db.pool, id);
  expect(counts.lastDay).toEqual({ delivered: 6, recovered: 4, duplicate: 1, late: 2 });
  expect(counts.allTime).toEqual({ delivered: 14, recovered: 4, duplicate: 3, late: 3 });
  expect(counts.lagSeconds).toBe(1.5);
  expect(counts.lastRecoveryAt).toEqual(counts.lastDeliveryAt);
});

test("a connection nothing came through counts nothing", async () => {
  const { id } = await addConnection(db);
  const none = { delivered: 0, recovered: 0, duplicate: 0, late: 0 };
  expect(await intakeCounts(db.pool, id)).toEqual({
    lastDay: none,
    allTime: none,
    lastDeliveryAt: null,
    lastRecoveryAt: null,
    lagSeconds: null,
  });
});

test("past days are added up once, and then need their deliveries no more", async () => {
  const { id } = await addConnection(db);
  const other = (await addConnection(db)).id;
  for (const daysAgo of [5, 5, 3, 1.2, 0]) await came(id, { daysAgo, events: 2, duplicates: 1 });
  await came(other, { daysAgo: 4, source: "recovery", events: 7 });
  const before = await intakeCounts(db.pool, id);
  await Promise.all([addUpPastDays(db.pool), addUpPastDays(db.pool)]);
  await addUpPastDays(db.pool);
  expect((await intakeCounts(db.pool, id)).allTime).toEqual(before.allTime);
  const midnight = new Date(Math.floor((Date.now() - 3_600_000) / DAY) * DAY);
  await db.prisma.delivery.deleteMany({ where: { receivedAt: { lt: midnight } } });
  expect((await intakeCounts(db.pool, id)).allTime).toEqual(before.allTime);
  expect((await intakeCounts(db.pool, other)).allTime.recovered).toBe(7);
  // Days later the next ones follow.
  await addUpPastDays(db.pool, new Date(Date.now() + 3 * DAY));
  await db.prisma.delivery.deleteMany({ where: { connectionId: id } });
  expect((await intakeCounts(db.pool, id)).allTime).toEqual(before.allTime);
});
