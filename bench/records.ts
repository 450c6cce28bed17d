import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { issueToken } from "#lib/server/accounts/tokens.ts";
import { sealCredentials } from "#lib/server/connections/credentials.ts";
import { hashHookSecret, hookSecret } from "#lib/server/connections/hook.ts";
import { createDatabase } from "#lib/server/db/client.ts";
import { CONNECTION } from "./documents.ts";

/** Makes the connection to the stub and a token for the API. */
export async function prepareRecords(databaseUrl: string, stubUrl: string) {
  const database = createDatabase({ url: databaseUrl, connections: 4, name: "flowdeck-bench" });
  const { prisma } = database;
  const [id, endpointId] = [randomUUID(), randomUUID()];
  const secret = hookSecret(endpointId);
  await prisma.connection.create({
    data: {
      id,
      alias: CONNECTION,
      connector: "okta",
      name: "Benchmark",
      orgUrl: stubUrl,
      ...sealCredentials(id, { kind: "apiToken", token: "benchmark" }),
      intake: "hook",
      endpointId,
      hookSecretHash: hashHookSecret(secret),
      maxCalls: 75,
      createdBy: "benchmark",
    },
  });
  const { token } = await issueToken(prisma, "benchmark", "command line", "command line");
  const pool: Pool = database.pool;
  return { pool, token, connectionId: id, endpointId, secret, close: database.close };
}
