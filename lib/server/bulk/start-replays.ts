import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { FlowDocument } from "#lib/flow/document.ts";
import { isJsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Prisma } from "../db/generated/client.ts";
import { listensTo } from "../flows/listeners.ts";
import { subjectOf } from "../flows/test-flow.ts";
import { enqueueWithin } from "../queue/enqueue.ts";

const optionsSchema = z.object({
  flowId: z.uuid(),
  versionId: z.uuid().nullable(),
  document: z.unknown(),
  mode: z.enum(["replay", "plan"]),
});
const inputsSchema = z.object({ event: z.uuid() });

/** How events of a run are replayed. */
export interface ReplayOptions {
  flowId: string;
  /** The version they run on; null for a draft. */
  versionId: string | null;
  /** The draft as it was when somebody asked for the replay; null where a version runs. */
  document: FlowDocument | null;
  mode: "replay" | "plan";
}

/**
 * Starts rows of a run that replays events: each gets an execution of its own, beside the one the event itself started.
 * That stays the only one intake ever makes for it. An event that is not kept any more is left out with the reason.
 *
 * @param as whose priority they get in the queue
 */
export async function startReplays(
  tx: Prisma.TransactionClient,
  bulkId: string,
  given: unknown,
  rows: readonly { position: number; inputs: unknown }[],
  as: "test" | "manual",
): Promise<void> {
  const { flowId, versionId, document, mode } = optionsSchema.parse(given);
  const version = versionId === null ? null : await tx.flowVersion.findUnique({ where: { id: versionId } });
  const runs = readDocument(version === null ? document : version.document);
  const severity = listensTo(runs)[0]?.severity;
  const flow = await tx.flow.findFirst({ where: { id: flowId, deletedAt: null }, select: { id: true } });
  const started: string[] = [];
  for (const { position, inputs } of rows) {
    const { event: eventId } = inputsSchema.parse(inputs);
    const event = flow && (await tx.event.findUnique({ where: { id: eventId } }));
    const where = { bulkId_position: { bulkId, position } };
    if (!event || !isJsonObject(event.payload) || event.payload.erased !== undefined) {
      const problem = flow ? "The data of this event is not kept any more." : "The flow was deleted.";
      await tx.bulkRow.update({ where, data: { problem } });
      continue;
    }
    const id = randomUUID();
    const first = await tx.execution.findFirst({
      where: { flowId, eventId, mode: "live" },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    await tx.execution.create({
      data: {
        id,
        flowId,
        versionId,
        document: versionId === null ? runs : undefined,
        mode,
        eventId,
        subject: subjectOf(event.payload),
        severity,
        bulkId,
        // A plan repeats nothing: who retries all that failed must not find it taken care of.
        retryOfId: mode === "replay" ? first?.id : undefined,
      },
    });
    await tx.bulkRow.update({ where, data: { executionId: id } });
    started.push(id);
  }
  await enqueueWithin(tx, started, as);
}
