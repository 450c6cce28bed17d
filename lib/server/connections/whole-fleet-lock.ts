import pg from "pg";
import { database } from "../db/client.ts";
import { connectionName } from "../db/connection-name.ts";

/**
 * Runs `work` while no other process runs work under the same name. The lock belongs to a connection of its own: it is
 * free the moment that closes, also when this process dies, and long calls to Okta hold no place in the pool.
 * @param wait true: wait for the turn. false: when another process is at it, return undefined at once.
 */
export async function whileLocked<T>(
  name: string,
  wait: boolean,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client = new pg.Client({
    connectionString: database().url,
    application_name: connectionName("flowdeck-lock"),
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const lock = wait
      ? "select pg_advisory_lock($1) is not null as got"
      : "select pg_try_advisory_lock($1) as got";
    const { rows } = await client.query<{ got: boolean }>(lock.replace("$1", "hashtextextended($1, 0)"), [
      name,
    ]);
    return rows[0]?.got ? await work() : undefined;
  } finally {
    await client.end();
  }
}
