import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { closeRefusals, noteRefusal } from "./refusals.ts";
import { refusalsOf } from "./refusals-view.ts";

const WRONG = { status: 401, reason: "The Authorization header is not the secret of this endpoint." };
let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const rowsOf = (objectId: string | null) =>
  db.prisma.auditEntry.findMany({ where: { action: "hook.refused", objectId }, orderBy: { id: "asc" } });

test("a thousand refusals of a minute are two rows with the whole number", async () => {
  const { id: connectionId } = await addConnection(db);
  for (let turn = 0; turn < 1000; turn++) noteRefusal({ connectionId, ...WRONG });
  noteRefusal({ connectionId, status: 415, reason: "The content type must be application/json." });
  await vi.waitFor(async () => expect(await rowsOf(connectionId)).toHaveLength(2), 20_000);
  closeRefusals();
  await vi.waitFor(async () => expect(await rowsOf(connectionId)).toHaveLength(3), 20_000);
  expect(await refusalsOf(db.pool, connectionId)).toMatchObject([
    { ...WRONG, count: 1000 },
    { status: 415, count: 1 },
  ]);
});

test("addresses that are not there are counted together, and nobody's", async () => {
  const { id } = await addConnection(db);
  for (let turn = 0; turn < 3; turn++) noteRefusal({ status: 404, reason: "There is no such endpoint." });
  closeRefusals();
  await vi.waitFor(async () => expect(await rowsOf(null)).toHaveLength(2), 20_000);
  const rows = await rowsOf(null);
  // They are written side by side, so either may be first.
  expect(rows.map(({ detail }) => (detail as { count: number }).count).sort()).toEqual([1, 2]);
  expect(rows.map(({ actor }) => actor)).toEqual(["nobody", "nobody"]);
  expect(await refusalsOf(db.pool, id)).toEqual([]);
});

test("yesterday's are not shown", async () => {
  const { id: connectionId } = await addConnection(db);
  noteRefusal({ connectionId, ...WRONG });
  await vi.waitFor(async () => expect(await refusalsOf(db.pool, connectionId)).toHaveLength(1), 20_000);
  const at = new Date(Date.now() - 25 * 3_600_000);
  await db.prisma.auditEntry.updateMany({ where: { objectId: connectionId }, data: { at } });
  expect(await refusalsOf(db.pool, connectionId)).toEqual([]);
});
