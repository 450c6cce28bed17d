import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withConnection } from "./connect.ts";
import { stopUnusedServer } from "./embedded-server.ts";
import { openDatabase } from "./open-database.ts";
import { prepareDatabase } from "./prepare-database.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flowdeck-backup-"));
});

afterEach(async () => {
  for (const name of ["data", "restored"]) await stopUnusedServer(path.join(folder, name, "postgres"));
  rmSync(folder, { recursive: true, force: true });
});

const open = (name: string) => openDatabase({ databaseUrl: undefined, dataFolder: path.join(folder, name) });

// What docs/operating.md tells people to do where there is no pg_dump, which does not come with the embedded server.
test("a copy of the data folder, made while Flowdeck is stopped, is the database: rows, queue and password", async () => {
  const original = await open("data");
  await prepareDatabase(original.url);
  const id = randomUUID();
  await withConnection(original.url, async (client) => {
    await client.query(
      `insert into flows (id, name, draft, created_by, updated_by, updated_at) values ($1, 'Kept', '{}', 'test', 'test', now())`,
      [id],
    );
    await client.query("select graphile_worker.add_job('execution', '{}', job_key := 'execution:kept')");
  });
  await original.close();
  const copied = spawnSync("cp", ["-a", path.join(folder, "data"), path.join(folder, "restored")]);
  expect(copied.status).toBe(0);
  rmSync(path.join(folder, "data"), { recursive: true });

  // Not every tool keeps rights, and PostgreSQL refuses files others may read.
  const [data, password] = ["data", "password"].map((name) =>
    path.join(folder, "restored", "postgres", name),
  );
  chmodSync(data ?? "", 0o755);
  chmodSync(password ?? "", 0o644);

  const restored = await open("restored");
  expect(statSync(password ?? "").mode & 0o777).toBe(0o600);
  // Nothing to migrate: it is the same version's database, and complete.
  expect(await prepareDatabase(restored.url)).toEqual([]);
  const found = await withConnection(restored.url, async (client) => [
    (await client.query("select name from flows where id = $1", [id])).rows,
    (await client.query("select key from graphile_worker.jobs")).rows,
  ]);
  expect(found).toEqual([[{ name: "Kept" }], [{ key: "execution:kept" }]]);
  await restored.close();
}, 60_000);
