import { errorCode, quoteName, withConnection, withDatabase } from "./connect.ts";

/**
 * Creates a database unless it exists.
 *
 * @param adminUrl opens the server's maintenance database with an account that may create databases
 * @returns the URL of the database
 */
export async function ensureDatabase(adminUrl: string, name: string): Promise<string> {
  await withConnection(adminUrl, async (client) => {
    const existing = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (existing.rowCount) return;
    try {
      await client.query(`create database ${quoteName(name)}`);
    } catch (error) {
      if (!CREATED_MEANWHILE.has(errorCode(error) ?? "")) throw error;
    }
  });
  return withDatabase(adminUrl, name);
}

/** duplicate_database, or unique_violation when both statements ran at the very same time. */
const CREATED_MEANWHILE = new Set(["42P04", "23505"]);
