import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "./database/test-database.ts";
import { projectFolder } from "./project-folder.ts";

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(
    `insert into connections (id, alias, connector, name, org_url, secret, secret_key_id, intake, endpoint_id, created_by, updated_at)
     values ($1, 'okta', 'okta', 'Acme', 'https://acme.okta.com', '', '', 'log', 'x', 'test', now())`,
    [randomUUID()],
  );
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(projectFolder, "scripts", "erase.ts"), ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: "trace" },
  });

test("erases, prints what went as JSON and nothing else, and is in the audit log", async () => {
  await client.query(
    "insert into alarms (id, kind, object_id, message) values ($1, 'loop', 'f1', 'Stopped at ann@acme.example.')",
    [randomUUID()],
  );
  const { stdout, status } = run("--connection", "okta", "--user", "ann@acme.example");
  expect(JSON.parse(stdout)).toEqual({ executions: 0, events: 0, others: 1, underWay: 0, configured: [] });
  expect(status).toBe(0);
  const { rows } = await client.query("select actor, action from audit_entries");
  expect(rows).toEqual([{ actor: "command line", action: "person.erase" }]);
});

test.each([
  [[], "Usage:"],
  [["--connection", "okta"], "Usage:"],
  [["--conection", "okta", "--user", "ann@acme.example"], "not understood"],
  [["--connection", "other", "--user", "ann@acme.example"], 'There is no connection "other".'],
])("says what is wrong with %j on standard error", (args, words) => {
  const { stdout, stderr, status } = run(...args);
  expect([stdout, status]).toEqual(["", 1]);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain("ann@");
});
