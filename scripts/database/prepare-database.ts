import path from "node:path";
import { Logger, makeWorkerUtils } from "graphile-worker";
import { projectFolder } from "../project-folder.ts";
import { migrate } from "./migrate.ts";

/** Where the migrations of this version are. */
export const MIGRATIONS_FOLDER = path.join(projectFolder, "prisma", "migrations");

/**
 * Makes a database ready for this version: our tables first, then those of the job queue (schema graphile_worker).
 *
 * @returns the names of our migrations applied now
 * @throws Problem when the database does not fit this version (see migrate)
 */
export async function prepareDatabase(url: string, migrationsFolder = MIGRATIONS_FOLDER): Promise<string[]> {
  const applied = await migrate(url, migrationsFolder);
  const queue = await makeWorkerUtils({ connectionString: url, logger: new Logger(() => () => {}) });
  try {
    await queue.migrate();
  } finally {
    await queue.release();
  }
  return applied;
}
