import { randomUUID } from "node:crypto";
import type { JsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { requireSound } from "../flows/check-document.ts";
import { findFlow } from "../flows/find-flow.ts";
import { eventFor, subjectOf } from "../flows/test-flow.ts";
import { enqueueWithin } from "../queue/enqueue.ts";

/**
 * Plans the draft: its cards read for real, with an event given or made up, and what they would write is noted and not
 * sent. Kept as an execution of mode "plan".
 *
 * @throws ApiProblem not-found; invalid when the draft has errors; conflict when it has no event card
 */
export async function planFlow(
  actor: Actor,
  id: string,
  { event }: { event?: JsonObject },
): Promise<{ executionId: string }> {
  authorize(actor, "executions.run");
  const { prisma } = database();
  const document = readDocument((await findFlow(prisma, id)).draft);
  await requireSound(document, "planned");
  const trigger: JsonObject = JSON.parse(storableJson(event ?? (await eventFor(document))));
  const executionId = randomUUID();
  await prisma.$transaction(async (tx) => {
    await tx.execution.create({
      data: { id: executionId, flowId: id, document, mode: "plan", trigger, subject: subjectOf(trigger) },
    });
    // Somebody looks on, as with a test.
    await enqueueWithin(tx, [executionId], "test");
    await audit(actor, "flow.plan", id, { executionId }, { within: tx });
  });
  return { executionId };
}
