import { stopUnusedServer } from "../database/embedded-server.ts";
import { TEST_SERVER_FOLDER } from "../database/test-database.ts";

/**
 * Runs once after all tests. A test file cannot stop the database server it started (the next one may be about
 * to use it, and workers are ended without a word), so the last one out of the whole run does.
 */
export async function teardown(): Promise<void> {
  await stopUnusedServer(TEST_SERVER_FOLDER);
}
