import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import { insertConnection } from "../lib/server/connections/create-connection.ts";
import { closeDatabase, database } from "../lib/server/db/client.ts";
import { env } from "../lib/server/env/env.ts";
import { exampleFlows } from "./examples.ts";

/** Who stands as author of what a fresh installation brings along. */
const AUTHOR = "Flowdeck";
const SANDBOX_ALIAS = "sandbox";

/**
 * Gives an empty database a connection to the sandbox org and the example flows, published and off. Does nothing when
 * there is anything already, also something an admin left after deleting the examples, or when no sandbox org runs.
 * @returns whether it did
 */
export async function seed(): Promise<boolean> {
  const { sandboxUrl, sandboxToken } = env();
  const { prisma } = database();
  // Deleted flows keep their rows, so this stays false once the examples were there.
  const anything = (await prisma.connection.count()) + (await prisma.flow.count());
  if (!sandboxUrl || !sandboxToken || anything > 0) return false;
  await insertConnection({
    name: "Sandbox org",
    alias: SANDBOX_ALIAS,
    orgUrl: new URL(sandboxUrl).origin,
    credentials: { kind: "apiToken", token: sandboxToken },
    identity: { orgName: null, adminLogin: null },
    createdBy: AUTHOR,
  });
  for (const document of exampleFlows()) {
    const [id, liveVersionId] = [randomUUID(), randomUUID()];
    const by = { createdBy: AUTHOR, updatedBy: AUTHOR };
    await prisma.$transaction([
      prisma.flow.create({ data: { id, name: document.name, draft: document, ...by } }),
      prisma.flowVersion.create({
        data: { id: liveVersionId, flowId: id, number: 1, document, note: "Example", createdBy: AUTHOR },
      }),
      prisma.flow.update({ where: { id }, data: { liveVersionId } }),
    ]);
  }
  return true;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await seed();
  await closeDatabase();
}
