import { z } from "zod";
import type { Prisma } from "../db/generated/client.ts";
import { lockExecution } from "../executions/lock-execution.ts";
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
    const problem = await retriedMeanwhile(tx, id);
    if (problem !== undefined) return { problem };
    // A list goes after the events that arrive.
    return await retryWithin(tx, id, how, { as: "manual" });
  } catch (error) {
    if (error instanceof ApiProblem) return { problem: error.message };
    throw error;
  }
}

/**
 * What became of an execution since it was put on the list, where that leaves nothing to retry. The list is made once and
 * may take hours; two runs may have the same execution on theirs. Holds its row, as every retry does: the second one waits
 * here for the first. What it made is asked for by a statement of its own, which sees what was committed meanwhile.
 */
async function retriedMeanwhile(tx: Prisma.TransactionClient, id: string): Promise<string | undefined> {
  const status = await lockExecution(tx, id);
  if (status === "succeeded") return "It was retried meanwhile and succeeded.";
  if (status === "attention") return "It was retried meanwhile and needs attention.";
  const again = await tx.execution.findFirst({ where: { retryOfId: id }, select: { id: true } });
  return again ? "It was run again meanwhile." : undefined;
}
