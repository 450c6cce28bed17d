import { randomUUID } from "node:crypto";
import pg from "pg";
import { Problem } from "../problem.ts";
import { errorCode, withConnection } from "./connect.ts";
import { type MigrationFile, readMigrations } from "./migration-files.ts";
import { applied, checkHistory, type MigrationRecord } from "./migration-history.ts";

/** The advisory lock Prisma's own engine takes, so that the two never migrate at the same time. */
const MIGRATION_LOCK = 72_707_369;
const LOCK_WITHIN_MS = 120_000;

/**
 * Brings a database up to the migrations in `folder`, with the same notes Prisma keeps (`_prisma_migrations`), so
 * that `prisma migrate deploy` and `status` agree with it. Prisma's own command needs an engine that is downloaded
 * at install time, which closed networks do not allow.
 *
 * Each migration and its note are one transaction: a process killed in the middle leaves no trace.
 *
 * @returns the names of the migrations applied now
 * @throws Problem when a migration fails, failed earlier or was edited, or the database is newer than the code
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const files = readMigrations(folder);
  return withConnection(url, async (client) => {
    await takeLock(client);
    const records = await readHistory(client);
    checkHistory(files, records);
    const done = new Set(records.filter(applied).map((record) => record.name));
    const pending = files.filter((file) => !done.has(file.name));
    for (const file of pending) await apply(client, file);
    return pending.map((file) => file.name);
  });
}

/** The lock ends with the connection, also when this process is killed. */
async function takeLock(client: pg.Client): Promise<void> {
  await client.query(`set lock_timeout = ${LOCK_WITHIN_MS}`);
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
  } catch (cause) {
    if (errorCode(cause) !== "55P03") throw cause;
    throw new Problem(
      `Another process has been migrating this database for ${LOCK_WITHIN_MS / 1000} seconds.`,
      "Wait until it has finished and start again.",
      { cause },
    );
  }
  await client.query("set lock_timeout = 0");
}

async function readHistory(client: pg.Client): Promise<MigrationRecord[]> {
  const table = await client.query<{ name: string | null }>(
    "select to_regclass('_prisma_migrations') as name",
  );
  if (table.rows[0]?.name == null) {
    await refuseForeignTables(client);
    await client.query(HISTORY_TABLE);
    return [];
  }
  const history = await client.query<MigrationRecord>(
    `select migration_name as name, checksum, logs,
            finished_at is not null as finished, rolled_back_at is not null as "rolledBack"
       from _prisma_migrations order by started_at`,
  );
  return history.rows;
}

/** The layout is Prisma's, to the letter. */
const HISTORY_TABLE = `create table _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

async function refuseForeignTables(client: pg.Client): Promise<void> {
  const tables = await client.query<{ tablename: string }>(
    "select tablename from pg_tables where schemaname = current_schema() order by 1 limit 5",
  );
  if (tables.rows.length === 0) return;
  const names = tables.rows.map((row) => row.tablename).join(", ");
  throw new Problem(
    `The database already holds tables of something else (${names}).`,
    "Give Flowdeck a database of its own: create an empty one and name it in DATABASE_URL.",
  );
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  try {
    await client.query("begin");
    await client.query(
      "insert into _prisma_migrations (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())",
      [id, file.checksum, file.name],
    );
    await client.query(file.sql);
    await client.query(
      "update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1",
      [id],
    );
    await client.query("commit");
  } catch (cause) {
    const reason = describe(cause, file);
    await noteFailure(client, id, file, reason);
    throw new Problem(
      `The migration ${file.name} failed and was undone: ${reason}`,
      `Correct what it complains about, then run \`npm run prisma -- migrate resolve --rolled-back ${file.name}\` and start again.`,
      { cause },
    );
  }
}

async function noteFailure(
  client: pg.Client,
  id: string,
  file: MigrationFile,
  reason: string,
): Promise<void> {
  await client.query("rollback");
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, logs, started_at)
     values ($1, $2, $3, $4, clock_timestamp()) on conflict (id) do update set logs = excluded.logs`,
    [id, file.checksum, file.name, reason],
  );
}

/** PostgreSQL counts the place of an error in characters; people count lines. */
function describe(cause: unknown, file: MigrationFile): string {
  if (!(cause instanceof pg.DatabaseError)) return String(cause);
  const position = Number(cause.position);
  const line = position > 0 ? `line ${file.sql.slice(0, position).split("\n").length}: ` : "";
  return [`${line}${cause.message}`, cause.detail, cause.hint].filter(Boolean).join(" ");
}
