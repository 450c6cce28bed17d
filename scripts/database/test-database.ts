import { createHash, randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { projectFolder } from "../project-folder.ts";
import { quoteName, withConnection, withDatabase } from "./connect.ts";
import { type EmbeddedServer, startEmbeddedServer } from "./embedded-server.ts";
import { readMigrations } from "./migration-files.ts";
import { MIGRATIONS_FOLDER, prepareDatabase } from "./prepare-database.ts";

/** The server tests share when TEST_DATABASE_URL names none. Its files may be deleted at any time. */
export const TEST_SERVER_FOLDER = path.join(projectFolder, ".data-test", "postgres");

const TEMPLATE_PREFIX = "flowdeck_template_";
const TEST_PREFIX = "flowdeck_test_";
/** Held while the template is made; any number nobody else uses. */
const TEMPLATE_LOCK = 8_314_905;

/** A database of a test's own, migrated and empty. */
export interface TestDatabase {
  url: string;
  /** Removes it, closing whatever connections are left. */
  drop(): Promise<void>;
}

/**
 * Creates a database for one test file: a copy of a migrated template, which takes some 50 ms.
 * Uses the server of TEST_DATABASE_URL (its account must be allowed to create databases), else an embedded one
 * that is started on demand and stopped at the end of the run, so a single test file runs on its own too.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = await testServerUrl();
  return copyOf(await ensureTemplate(adminUrl), adminUrl);
}

/** Creates an empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return copyOf("template0", await testServerUrl());
}

async function copyOf(template: string, adminUrl: string): Promise<TestDatabase> {
  const name = TEST_PREFIX + randomBytes(8).toString("hex");
  await withConnection(adminUrl, (client) =>
    client.query(`create database ${quoteName(name)} template ${quoteName(template)}`),
  );
  return {
    url: withDatabase(adminUrl, name),
    drop: () => withConnection(adminUrl, (client) => dropDatabase(client, name)),
  };
}

/** The address of the server tests use, started if need be. */
export async function testServerUrl(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
  server ??= startTestServer();
  return (await server).adminUrl;
}

let server: Promise<EmbeddedServer> | undefined;

/** Starts the server tests share. A crash of the machine may have spoilt its files, which nobody needs: then they are made anew. */
export async function startTestServer(): Promise<EmbeddedServer> {
  let started: EmbeddedServer;
  try {
    started = await startEmbeddedServer(TEST_SERVER_FOLDER, "throw-away");
  } catch {
    rmSync(path.join(TEST_SERVER_FOLDER, "data"), { recursive: true, force: true });
    started = await startEmbeddedServer(TEST_SERVER_FOLDER, "throw-away");
  }
  if (started.started) await dropLeftovers(started.adminUrl);
  return started;
}

/** When the server has only just started, nobody uses what earlier, killed runs left behind. */
async function dropLeftovers(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    const current = templateName();
    for (const name of await databaseNames(client)) {
      const leftover = name.startsWith(TEST_PREFIX) || name.startsWith(TEMPLATE_PREFIX);
      if (leftover && name !== current) await dropDatabase(client, name);
    }
  });
}

async function ensureTemplate(adminUrl: string): Promise<string> {
  const name = templateName();
  await withConnection(adminUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    if ((await databaseNames(client)).includes(name)) return;
    // Made under another name first: a template is either complete or not there.
    const draft = `${name}_draft`;
    await dropDatabase(client, draft);
    await client.query(`create database ${quoteName(draft)}`);
    await prepareDatabase(withDatabase(adminUrl, draft));
    await client.query(`alter database ${quoteName(draft)} rename to ${quoteName(name)}`);
  });
  return name;
}

/** Another set of migrations, or another version of the job queue, is another template. */
function templateName(): string {
  const queuePackage = path.join(projectFolder, "node_modules", "graphile-worker", "package.json");
  const { version } = JSON.parse(readFileSync(queuePackage, "utf8"));
  const parts = [version, ...readMigrations(MIGRATIONS_FOLDER).map((file) => file.name + file.checksum)];
  return TEMPLATE_PREFIX + createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

async function databaseNames(client: pg.Client): Promise<string[]> {
  const answer = await client.query<{ datname: string }>("select datname from pg_database");
  return answer.rows.map((row) => row.datname);
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${quoteName(name)} with (force)`);
}
