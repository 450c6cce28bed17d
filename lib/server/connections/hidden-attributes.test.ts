import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { NOTHING_HIDDEN } from "#lib/cards/secret-keys.ts";
import { addConnection, openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { updateConnection } from "./change-connection.ts";
import { hiddenAttributes } from "./hidden-attributes.ts";

const owner = { kind: "user", id: "u1", name: "Ann", role: "owner" } as const;
let db: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  stubServerEnv({});
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** Past the time for which what was read is used. */
function later(): void {
  vi.setSystemTime(Date.now() + 2_001);
}

test("marks are stored once each, audited by name, and known within two seconds where the connection is used", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { id, alias } = await addConnection(db);
  const other = await addConnection(db);
  expect(await hiddenAttributes(db.pool, [alias])).toBe(NOTHING_HIDDEN);

  const { hiddenAttributes: marked } = await updateConnection(owner, id, {
    hiddenAttributes: ["ssn", "badge", "ssn"],
  });
  expect(marked).toEqual(["badge", "ssn"]);
  await updateConnection(owner, other.id, { hiddenAttributes: ["SSN"] });
  const entry = await db.prisma.auditEntry.findFirstOrThrow({ where: { objectId: id } });
  expect(entry).toMatchObject({
    actor: "user:u1",
    action: "connection.update",
    detail: { hiddenAttributes: ["badge", "ssn"] },
  });

  later();
  const both = await hiddenAttributes(db.pool, [alias, other.alias]);
  expect([...both]).toEqual(["SSN", "badge", "ssn"]);
  expect([...(await hiddenAttributes(db.pool, [alias]))]).toEqual(["badge", "ssn"]);
  expect(await hiddenAttributes(db.pool, ["nobody"])).toBe(NOTHING_HIDDEN);

  later();
  // The same set while nothing changed: what was found out about a flow with it is found once.
  expect(await hiddenAttributes(db.pool, [other.alias, alias])).toBe(both);
  await updateConnection(owner, id, { hiddenAttributes: [] });
  later();
  expect([...(await hiddenAttributes(db.pool, [alias, other.alias]))]).toEqual(["SSN"]);
  vi.useRealTimers();
});
