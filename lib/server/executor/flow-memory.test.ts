import { afterAll, beforeAll, expect, test } from "vitest";
import { flowMemorySuite } from "#lib/cards/flow-memory-suite.ts";
import { addFlow, openTestDatabase } from "../db/test-records.ts";
import { FlowMemories, pruneCounts } from "./flow-memory.ts";

let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

flowMemorySuite(async () => new FlowMemories(db.pool).of((await addFlow(db)).id));

test("two processes share one memory, and flows none", async () => {
  const { id } = await addFlow(db);
  const event = { key: "all", event: "e1", published: new Date() };
  await new FlowMemories(db.pool).of(id).count(event);
  const other = new FlowMemories(db.pool);
  expect(await other.of(id).count({ ...event, event: "e2" })).toBe(2);
  expect(await other.of((await addFlow(db)).id).count(event)).toBe(1);
});

test("old counts go, but the number without a window goes on from where it was", async () => {
  const { id } = await addFlow(db);
  const memory = new FlowMemories(db.pool).of(id);
  const old = new Date(Date.now() - 40 * 86_400_000);
  for (const event of ["a", "b", "c"]) {
    await memory.count({ key: "all", event, published: old });
    await memory.count({ key: "all", event, published: old, withinMs: 60_000 });
  }
  await memory.count({ key: "all", event: "new", published: new Date(), withinMs: 60_000 });
  await pruneCounts(db.pool);
  const left = await db.prisma.eventCount.findMany({
    where: { flowId: id },
    orderBy: { key: "asc" },
    select: { key: true, eventUuid: true, number: true },
  });
  expect(left).toEqual([
    { key: "60000ms all", eventUuid: "new", number: 1 },
    { key: "all", eventUuid: "c", number: 3 },
  ]);
  expect(await memory.count({ key: "all", event: "d", published: new Date() })).toBe(4);
});
