import { randomUUID } from "node:crypto";
import type { FlowDocument } from "#lib/flow/document.ts";
import { addFlow, documentOf } from "../db/test-records.ts";
import { oktaEvent } from "../intake/test-events.ts";
import { enqueueExecutions } from "../queue/enqueue.ts";
import type { TestStage } from "./test-stage.ts";

/** For tests: so many executions of a new flow wait in the queue, each of which creates one group. @returns their ids */
export async function addBacklog(
  { db }: TestStage,
  count: number,
  settings: FlowDocument["settings"] = {},
): Promise<string[]> {
  const document = documentOf({
    settings,
    cards: {
      e: { card: "okta.events.custom", v: 1, connection: "okta", options: {} },
      c: { card: "okta.groups.create", v: 1, connection: "okta", inputs: { name: { ref: ["e", "uuid"] } } },
    },
    edges: [{ from: "e", out: "next", to: "c" }],
  });
  const { id: flowId, versionId } = await addFlow(db, { document });
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.prisma.execution.createMany({
    data: ids.map((id) => ({ id, flowId, versionId, mode: "live", trigger: oktaEvent() as object })),
  });
  await enqueueExecutions(db.pool, ids);
  return ids;
}
