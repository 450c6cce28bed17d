import path from "node:path";
import { identifyProcess, type ProcessIdentity } from "../processes/process-identity.ts";
import { ensureDatabase } from "./create-database.ts";
import { restartEmbeddedServer, startEmbeddedServer } from "./embedded-server.ts";
import { checkExternalDatabase, describePlace } from "./external-database.ts";
import { guardServer, type ServerGuard } from "./guard-server.ts";
import type { Durability } from "./server-settings.ts";

const DATABASE_NAME = "flowdeck";

/** A database ready for connections. */
export interface OpenDatabase {
  /** Contains the password: never print it. */
  url: string;
  /** Where it is, in words that may be printed. */
  description: string;
  /** Has the embedded server started again when it dies; undefined where the database is somebody else's to run. */
  guard?(notify: (message: string) => void): ServerGuard;
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
  const folder = path.join(dataFolder, "postgres");
  const server = await startEmbeddedServer(folder, durability);
  const url = await ensureDatabase(server.adminUrl, DATABASE_NAME);
  const how = server.started ? "embedded PostgreSQL" : "embedded PostgreSQL (already running)";
  const restart = async () => identityOf((await restartEmbeddedServer(folder, durability, server.port)).pid);
  return {
    url,
    description: `${how} on 127.0.0.1:${server.port}`,
    guard: (notify) => guardServer(identityOf(server.pid), restart, notify),
    close: server.release,
  };
}

/** One that has ended already is told apart from every living one. */
function identityOf(pid: number): ProcessIdentity {
  return identifyProcess(pid) ?? { pid, startedAt: "ended" };
}
