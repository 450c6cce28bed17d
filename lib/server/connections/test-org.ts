import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { createHookServer, listen } from "../intake/test-hook-server.ts";

/**
 * For tests: a sandbox org, a fresh database, and the console's hook endpoint on a port of its own, so that the org
 * really calls it. Call it in beforeAll, before anything reads env().
 */
export async function openTestOrg() {
  const sandbox: Sandbox = await startSandbox({ batchWindowMs: 5 });
  const hooks = createHookServer();
  const port = await listen(hooks);
  stubServerEnv({
    FLOWDECK_ALLOW_LOOPBACK_ORGS: "true",
    PORT: String(port),
    SANDBOX_URL: sandbox.url,
    SANDBOX_TOKEN: sandbox.token,
  });
  const database = await openTestDatabase();
  return {
    ...database,
    sandbox,
    close: async () => {
      await sandbox.close();
      await new Promise((resolve) => hooks.close(resolve));
      await database.drop();
    },
  };
}
