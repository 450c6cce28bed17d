import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "../env/env.ts";
import { log } from "../log.ts";
import { connectionName } from "./connection-name.ts";
import { PrismaClient } from "./generated/client.ts";

/** Everything that reads or writes records goes through one of these two. They share the pool. */
export interface Database {
  /** For records that are edited by people: flows, connections, accounts. */
  prisma: PrismaClient;
  /** For hand-written SQL where a round trip counts: intake, steps, lists. */
  pool: pg.Pool;
  url: string;
  /** Closes all connections. Queries that come later fail. */
  close: () => Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections at most. A web process needs about 10; a worker one for each execution it runs at once, and two more. */
  connections: number;
  /** Shown by PostgreSQL in pg_stat_activity. */
  name: string;
}

/** A statement that waits longer for a connection fails; the hook endpoint must answer 503 within 3 s. */
const CONNECT_WITHIN_MS = 2000;

/** Opens a pool and a Prisma client on it. Connects when first used. */
export function createDatabase({ url, connections, name }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: connectionName(name),
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
  });
  const report = (error: Error) => log.warn({ err: error }, "A database connection was lost.");
  // Without these two a restart of PostgreSQL ends the process: "unhandled error event".
  pool.on("error", report);
  pool.on("connect", (client) => client.on("error", report));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return {
    prisma,
    pool,
    url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** `next dev` loads this module again after every edit; connections must outlive that. */
const shared = globalThis as typeof globalThis & { flowdeckDatabase?: Database };

/** Connections of a process that did not say otherwise: the web server. */
const WEB_CONNECTIONS = 10;

/**
 * The database of this process, opened with the first call.
 *
 * @throws EnvironmentProblem when DATABASE_URL is missing
 */
export function database(): Database {
  shared.flowdeckDatabase ??= createDatabase({
    url: env().databaseUrl,
    connections: WEB_CONNECTIONS,
    name: "flowdeck-web",
  });
  return shared.flowdeckDatabase;
}

/**
 * Opens the database of this process with settings of its own; for workers and tests, before anything calls
 * `database()`.
 *
 * @throws Error when it is open already
 */
export function openDatabase(options: DatabaseOptions): Database {
  if (shared.flowdeckDatabase) throw new Error("The database of this process is open already.");
  shared.flowdeckDatabase = createDatabase(options);
  return shared.flowdeckDatabase;
}

/** Closes the database of this process; the next `database()` opens it anew. */
export async function closeDatabase(): Promise<void> {
  const open = shared.flowdeckDatabase;
  shared.flowdeckDatabase = undefined;
  await open?.close();
}
