import { expect, test } from "vitest";
import { withConnection } from "./connect.ts";
import { createTestDatabase } from "./test-database.ts";

const rows = async (url: string, sql: string) =>
  (await withConnection(url, (client) => client.query(sql))).rows;

test("every test database is migrated, has the job queue, and is nobody else's", async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  try {
    const finished = await rows(
      one.url,
      "select count(*)::int as count from _prisma_migrations where finished_at is not null",
    );
    expect(finished[0].count).toBeGreaterThan(0);
    expect(await rows(one.url, "select count(*)::int as jobs from graphile_worker.jobs")).toEqual([
      { jobs: 0 },
    ]);
    await rows(one.url, "create table only_here (id int)");
    expect(await rows(other.url, "select to_regclass('only_here') as found")).toEqual([{ found: null }]);
  } finally {
    await Promise.all([one.drop(), other.drop()]);
  }
  await expect(rows(one.url, "select 1")).rejects.toMatchObject({ code: "3D000" });
});

test("is dropped although somebody still uses it", async () => {
  const database = await createTestDatabase();
  await withConnection(database.url, async (client) => {
    await client.query("select 1");
    await database.drop();
  }).catch(() => {});
  await expect(rows(database.url, "select 1")).rejects.toMatchObject({ code: "3D000" });
});
