import { z } from "zod";
import type { Prisma } from "../db/generated/client.ts";
import { retryWithin } from "../executions/retry-execution.ts";
import { ApiProblem } from "../http/problem.ts";

const optionsSchema = z.object({ from: z.enum(["failed", "start"]), version: z.enum(["same", "latest"]) });
const inputsSchema = z.object({ execution: z.uuid() });

/**
 * Starts rows of a run that retries executions. One that can't be retried any more (somebody was faster, its flow was
 * deleted, its finished cards changed) is left out with the reason; the others go on.
 */
export async function startRetries(
  tx: Prisma.TransactionClient,
  bulkId: string,
  options: unknown,
  rows: readonly { position: number; inputs: unknown }[],
): Promise<void> {
  const how = optionsSchema.parse(options);
  for (const { position, inputs } of rows) {
    const outcome = await retried(tx, inputsSchema.parse(inputs).execution, how);
    await tx.bulkRow.update({ where: { bulkId_position: { bulkId, position } }, data: outcome });
  }
}

async function retried(
  tx: Prisma.TransactionClient,
  id: string,
  how: z.infer<typeof optionsSchema>,
): Promise<{ executionId: string } | { problem: string }> {
  try {
    // A list goes after the events that arrive.
    return await retryWithin(tx, id, how, { as: "manual" });
  } catch (error) {
    if (error instanceof ApiProblem) return { problem: error.message };
    throw error;
  }
}
