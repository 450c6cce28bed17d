import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../db/test-records.ts";
import { started } from "./test-calls.ts";
import { WaitingRooms } from "./waiting-rooms.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

test("half of a worker's places may wait, those that came first, and one in any case", () => {
  const rooms = new WaitingRooms(db.pool, 5);
  const [a, b, c] = ["a", "b", "c"].map((id) => rooms.of({ id, fence: 1 }).place());
  expect([a?.take(), b?.take(), c?.take()]).toEqual([true, true, false]);
  expect([a?.take(), c?.take()]).toEqual([true, false]);
  // One that never had a place gives none back.
  c?.leave();
  expect(c?.take()).toBe(false);
  a?.leave();
  a?.leave();
  expect([c?.take(), a?.take()]).toEqual([true, false]);
  expect(new WaitingRooms(db.pool, 1).of({ id: "a", fence: 1 }).place().take()).toBe(true);
});

test("an execution is one place, however much of it waits, until it leaves the worker", () => {
  const rooms = new WaitingRooms(db.pool, 2);
  const [one, other] = [rooms.of({ id: "a", fence: 1 }), rooms.of({ id: "b", fence: 1 })];
  const [list, calls, theirs] = [one.place(), one.place(), other.place()];
  expect([list.take(), calls.take(), theirs.take()]).toEqual([true, true, false]);
  list.leave();
  expect(theirs.take()).toBe(false);
  one.close();
  one.close();
  expect([theirs.take(), calls.take()]).toEqual([true, false]);
});

test("a wait is shown while the execution runs under its claim, and no longer than it lasts", async () => {
  const { id } = await started(db);
  const rooms = new WaitingRooms(db.pool, 2);
  const shown = async () => {
    const row = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
    return [row.status, row.reason, row.waitingUntil !== null];
  };
  await db.pool.query("update executions set status = 'running', fence = 2 where id = $1", [id]);
  const before = rooms.of({ id, fence: 1 }).place();
  await before.tell("Waiting for Okta.", 60_000);
  expect(await shown()).toEqual(["running", null, false]);
  const place = rooms.of({ id, fence: 2 }).place();
  await place.tell("Waiting for Okta.", 60_000);
  const { waitingUntil } = await db.prisma.execution.findUniqueOrThrow({ where: { id } });
  const leftMs = (waitingUntil?.getTime() ?? 0) - Date.now();
  expect(leftMs).toBeGreaterThan(40_000);
  expect(leftMs).toBeLessThanOrEqual(61_000);
  await before.goOn();
  expect(await shown()).toEqual(["running", "Waiting for Okta.", true]);
  await place.goOn();
  expect(await shown()).toEqual(["running", null, false]);
  await place.tell("Waiting for Okta.", 60_000);
  await db.pool.query("update executions set status = 'waiting', reason = 'Another.' where id = $1", [id]);
  await place.goOn();
  expect(await shown()).toEqual(["waiting", "Another.", true]);
});

test("what can't be shown keeps nobody from waiting", async () => {
  const place = new WaitingRooms(db.pool, 2).of({ id: "no uuid", fence: 1 }).place();
  await place.tell("Waiting for Okta.", 60_000);
  await place.goOn();
  expect(place.take()).toBe(true);
});
