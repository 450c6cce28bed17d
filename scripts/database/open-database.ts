import path from "node:path";
import { ensureDatabase } from "./create-database.ts";
import { startEmbeddedServer } from "./embedded-server.ts";
import { checkExternalDatabase, describePlace } from "./external-database.ts";
import type { Durability } from "./server-settings.ts";

const DATABASE_NAME = "flowdeck";

/** A database ready for connections. */
export interface OpenDatabase {
  /** Contains the password: never print it. */
  url: string;
  /** Where it is, in words that may be printed. */
  description: string;
  /** Leaves the database; stops the embedded server unless another process uses it. */
  close(): Promise<void>;
}

/**
 * Opens the database Flowdeck keeps its records in: the one of DATABASE_URL, else the embedded one.
 *
 * @param options.databaseUrl the value of DATABASE_URL, if set
 * @param options.dataFolder holds the embedded server's files in `postgres/`
 * @throws Problem when neither can be used
 */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  dataFolder: string;
  durability?: Durability;
}): Promise<OpenDatabase> {
  const { databaseUrl, dataFolder, durability = "durable" } = options;
  if (databaseUrl !== undefined) {
    await checkExternalDatabase(databaseUrl);
    return { url: databaseUrl, description: describePlace(databaseUrl), close: async () => {} };
  }
  const server = await startEmbeddedServer(path.join(dataFolder, "postgres"), durability);
  const url = await ensureDatabase(server.adminUrl, DATABASE_NAME);
  const how = server.started ? "embedded PostgreSQL" : "embedded PostgreSQL (already running)";
  return { url, description: `${how} on 127.0.0.1:${server.port}`, close: server.release };
}
