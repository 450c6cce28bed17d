import pg from "pg";

const CONNECT_WITHIN_MS = 10_000;

/** Who connects where. */
export interface DatabaseAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** The connection URL of an address. It contains the password: never print it. */
export function databaseUrl(address: DatabaseAddress): string {
  const url = new URL("postgresql://localhost");
  url.hostname = address.host;
  url.port = String(address.port);
  url.username = address.user;
  url.password = address.password;
  url.pathname = address.database;
  return url.href;
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/**
 * Runs `work` on a connection of its own and closes it.
 *
 * @throws whatever `pg` throws when the connection cannot be made or a query fails
 */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: "flowdeck-setup",
  });
  // A server that goes away between two queries is reported here, and unhandled it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a server answers a query at this address. */
export async function canConnect(url: string): Promise<boolean> {
  try {
    await withConnection(url, (client) => client.query("select 1"));
    return true;
  } catch {
    return false;
  }
}

/** Puts a name between double quotes for use in SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The SQLSTATE of a PostgreSQL error, or Node's code of a network error. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return undefined;
}
