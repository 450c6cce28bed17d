import type { ExecutionStatus } from "#lib/engine/execution.ts";
import type { Prisma } from "../db/generated/client.ts";
import { executionNotFound } from "./get-execution.ts";

/**
 * Holds an execution's row until the transaction ends, so that no worker changes it in between.
 *
 * @returns its status
 * @throws ApiProblem not-found
 */
export async function lockExecution(tx: Prisma.TransactionClient, id: string): Promise<ExecutionStatus> {
  const [row] = await tx.$queryRaw<{ status: ExecutionStatus }[]>`
    select status from executions where id = ${id}::uuid for update`;
  if (!row) throw executionNotFound();
  return row.status;
}
