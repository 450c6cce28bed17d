import { createHash, randomUUID } from "node:crypto";
import { CURRENT_FORMAT, type FlowDocument } from "#lib/flow/document.ts";
import { createTestDatabase } from "#scripts/database/test-database.ts";
import { lineSettings } from "../queue/lines.ts";
import { closeDatabase, type Database, openDatabase } from "./client.ts";

/** For tests: the database of this process is a fresh one until `close`. */
export async function openTestDatabase(): Promise<Database & { drop: () => Promise<void> }> {
  const test = await createTestDatabase();
  const database = openDatabase({ url: test.url, connections: 10, name: "flowdeck-test" });
  return {
    ...database,
    drop: async () => {
      await closeDatabase();
      await test.drop();
    },
  };
}

/** For tests: a connection to an org that is never called. */
export async function addConnection(
  { prisma }: Database,
  { alias = `okta-${randomUUID()}`, hookSecret = "let me in", orgUrl = "https://acme.okta.com" } = {},
) {
  return prisma.connection.create({
    data: {
      id: randomUUID(),
      alias,
      connector: "okta",
      name: "Acme",
      orgUrl,
      secret: "none",
      secretKeyId: "none",
      intake: "hook",
      endpointId: randomUUID(),
      hookSecretHash: createHash("sha256").update(hookSecret).digest("hex"),
      createdBy: "test",
    },
  });
}

/** For tests: a document with nothing but what the caller gives. */
export function documentOf(parts: Partial<FlowDocument> = {}): FlowDocument {
  return { format: CURRENT_FORMAT, name: "Test", cards: {}, edges: [], layout: {}, ...parts };
}

/** For tests: a flow with one published version. With `listensTo` it is on. */
export async function addFlow(
  { prisma }: Database,
  options: { document?: FlowDocument; listensTo?: { connectionId: string; eventTypes: string[] } } = {},
) {
  const { document = documentOf(), listensTo } = options;
  const id = randomUUID();
  const versionId = randomUUID();
  await prisma.flow.create({
    data: {
      id,
      name: document.name,
      draft: document,
      createdBy: "test",
      updatedBy: "test",
      versions: { create: { id: versionId, number: 1, document, createdBy: "test" } },
    },
  });
  const listeners = (listensTo?.eventTypes ?? []).map((eventType) => ({
    connectionId: listensTo?.connectionId ?? "",
    eventType,
  }));
  await prisma.flow.update({
    where: { id },
    data: {
      ...lineSettings(document.settings),
      liveVersionId: versionId,
      on: listensTo !== undefined,
      listeners: { create: listeners },
    },
  });
  return { id, versionId };
}
