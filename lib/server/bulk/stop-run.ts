import type { Prisma } from "../db/generated/client.ts";
import { cancelWithin } from "../executions/cancel-execution.ts";

/**
 * Stops a run that is under way, whoever stops it: no further row is started, executions under way are cancelled before
 * their next card. The caller holds the run's row.
 *
 * @param why a sentence for the rows that were not started
 * @returns how many rows were left out, and how many executions cancelled
 */
export async function stopRun(
  tx: Prisma.TransactionClient,
  id: string,
  why: string,
): Promise<{ leftOut: number; cancelled: number }> {
  const leftOut = await tx.$executeRaw`
    update bulk_rows set problem = ${why}
    where bulk_id = ${id}::uuid and execution_id is null and problem is null`;
  await tx.$executeRaw`
    update bulk_runs set status = 'stopped', finished_at = now() where id = ${id}::uuid`;
  const underWay = await tx.$queryRaw<{ id: string }[]>`
    select e.id from bulk_rows r join executions e on e.id = r.execution_id
    where r.bulk_id = ${id}::uuid and e.status in ('queued', 'running', 'waiting') order by e.id`;
  for (const execution of underWay) await cancelWithin(tx, execution.id);
  return { leftOut, cancelled: underWay.length };
}
