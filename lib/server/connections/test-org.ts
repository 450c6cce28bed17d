import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { openTestDatabase } from "../db/test-records.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { receiveHook, verifyHook } from "../intake/hook-endpoint.ts";

/**
 * For tests: a sandbox org, a fresh database, and the console's hook endpoint on a port of its own, so that the org
 * really calls it. Call it in beforeAll, before anything reads env().
 */
export async function openTestOrg() {
  const sandbox: Sandbox = await startSandbox({ batchWindowMs: 5 });
  const hooks = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: incoming.method,
      headers,
      body: incoming.method === "POST" ? Buffer.concat(chunks) : undefined,
    });
    const endpointId = incoming.url?.split("/").at(-1) ?? "";
    const answer = await (incoming.method === "POST" ? receiveHook : verifyHook)(request, endpointId);
    outgoing
      .writeHead(answer.status, Object.fromEntries(answer.headers))
      .end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => hooks.listen(0, "127.0.0.1", resolve));
  stubServerEnv({
    FLOWDECK_ALLOW_LOOPBACK_ORGS: "true",
    PORT: String((hooks.address() as AddressInfo).port),
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
