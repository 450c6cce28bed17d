import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectFolder } from "../project-folder.ts";
import { withConnection } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { createEmptyDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-migrations-"));
  write("20260101000000_first", "create table first (id int primary key);");
  write("20260102000000_second", "create table second (id int);\ninsert into second values (1);");
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const result = await withConnection(database.url, (client) => client.query(sql));
  return result.rows;
}

const tables = async () =>
  (await rows("select tablename from pg_tables where schemaname = 'public' order by 1")).map(
    (row) => row.tablename,
  );

test("applies what is missing, oldest first, once", async () => {
  expect(await migrate(database.url, folder)).toEqual(["20260101000000_first", "20260102000000_second"]);
  expect(await migrate(database.url, folder)).toEqual([]);
  write("20260103000000_third", "alter table first add column name text;");
  expect(await migrate(database.url, folder)).toEqual(["20260103000000_third"]);
  expect(await rows("select id from second")).toEqual([{ id: 1 }]);
});

test("keeps the notes Prisma keeps", async () => {
  await migrate(database.url, folder);
  const [first] = await rows("select * from _prisma_migrations order by migration_name");
  expect(first).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    // sha256sum of the file
    checksum: "20cab921ba3cc31e10dc5fcbc71443c3e86b0727f084e6f276d5d17c1bd0dae6",
    finished_at: expect.any(Date),
    migration_name: "20260101000000_first",
    logs: null,
    rolled_back_at: null,
    started_at: expect.any(Date),
    applied_steps_count: 1,
  });
});

test("several processes starting at once apply each migration once", async () => {
  const results = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, folder)));
  expect(results.flat().sort()).toEqual(["20260101000000_first", "20260102000000_second"]);
  expect(await rows("select id from second")).toHaveLength(1);
});

test("several processes preparing an empty database at once all succeed", async () => {
  const results = await Promise.all(Array.from({ length: 3 }, () => prepareDatabase(database.url, folder)));
  expect(results.flat()).toHaveLength(2);
  expect(await rows("select count(*)::int as jobs from graphile_worker.jobs")).toEqual([{ jobs: 0 }]);
});

test("undoes a failing migration, notes it with its line, and refuses to go on until it is resolved", async () => {
  write("20260103000000_bad", "create table third (id int);\n\ninsert into nowhere values (1);");
  await expect(migrate(database.url, folder)).rejects.toThrow(
    '20260103000000_bad failed and was undone: line 3: relation "nowhere" does not exist',
  );
  expect(await tables()).toEqual(["_prisma_migrations", "first", "second"]);
  expect(
    await rows("select logs, finished_at from _prisma_migrations where migration_name like '%bad'"),
  ).toEqual([{ logs: expect.stringContaining("nowhere"), finished_at: null }]);

  write("20260103000000_bad", "create table third (id int);");
  await expect(migrate(database.url, folder)).rejects.toMatchObject({
    message: expect.stringContaining("20260103000000_bad failed earlier: line 3"),
    fix: expect.stringContaining("migrate resolve --rolled-back 20260103000000_bad"),
  });
  await rows("update _prisma_migrations set rolled_back_at = now() where migration_name like '%bad'");
  expect(await migrate(database.url, folder)).toEqual(["20260103000000_bad"]);
});

test("refuses a migration that was edited after it had been applied", async () => {
  await migrate(database.url, folder);
  write("20260101000000_first", "create table first (id bigint primary key);");
  await expect(migrate(database.url, folder)).rejects.toThrow(/edited .* 20260101000000_first/);
});

test("refuses a database that is newer than the code", async () => {
  await migrate(database.url, folder);
  rmSync(path.join(folder, "20260102000000_second"), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /newer than this version.*20260102000000_second/,
  );
});

test("refuses a database that belongs to something else", async () => {
  await rows("create table customers (id int)");
  await expect(migrate(database.url, folder)).rejects.toThrow(/tables of something else \(customers\)/);
  expect(await tables()).toEqual(["customers"]);
});

test("refuses a folder without its file", async () => {
  mkdirSync(path.join(folder, "20260103000000_empty"));
  await expect(migrate(database.url, folder)).rejects.toThrow(/20260103000000_empty has no file/);
  expect(await tables()).toEqual([]);
});

test("a process killed in the middle of a migration leaves nothing behind", async () => {
  write("20260103000000_slow", "create table third (id int); select pg_sleep(60);");
  const script = `
    import { migrate } from ${JSON.stringify(path.join(projectFolder, "scripts/database/migrate.ts"))};
    await migrate(process.argv[1], process.argv[2]);`;
  const args = ["--input-type=module", "-e", script, database.url, folder];
  spawnSync(process.execPath, args, { timeout: 1_500, killSignal: "SIGKILL" });
  write("20260103000000_slow", "create table third (id int);");
  expect(await migrate(database.url, folder)).toEqual(["20260103000000_slow"]);
});
