import { spawnSync } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./database/test-database.ts";
import { projectFolder } from "./project-folder.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const run = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(projectFolder, "scripts", "token.ts"), ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: "trace" },
  });

test("prints a token that is in the database, and nothing else", async () => {
  const { stdout, status } = run("--name", "Nightly export");
  expect(stdout).toMatch(/^flowdeck_[A-Za-z0-9_-]{43}\n$/);
  expect(status).toBe(0);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    "select name, created_by, prefix from api_tokens where hash = encode(sha256($1::bytea), 'hex')",
    [stdout.trim()],
  );
  await client.end();
  expect(rows).toEqual([
    { name: "Nightly export", created_by: "command line", prefix: stdout.slice(0, "flowdeck_".length + 4) },
  ]);
});

test.each([
  [[], "needs a name"],
  [["--name", " "], "needs a name"],
  [["--nmae", "x"], "not understood"],
])("says what is wrong with %j on standard error", (args, words) => {
  const { stdout, stderr, status } = run(...args);
  expect([stdout, status]).toEqual(["", 1]);
  expect(stderr).toContain(words);
  expect(stderr).toContain("Usage:");
});
