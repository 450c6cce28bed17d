import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { cancelWithin } from "../executions/cancel-execution.ts";
import { ApiProblem } from "../http/problem.ts";

/** Why a row has no execution, where somebody stopped the run before its turn. */
const STOPPED = "The run was stopped before this row was started.";

/**
 * Stops a run by hand: no further row is started, those under way are cancelled before their card. What was done stays done.
 *
 * @throws ApiProblem not-found; conflict when it has ended
 */
export async function stopBulk(actor: Actor, id: string): Promise<{ ok: true }> {
  authorize(actor, "executions.run");
  await database().prisma.$transaction(
    async (tx) => {
      // Waits for a portion that is being started at this moment, so that its executions are seen below.
      const [run] = await tx.$queryRaw<{ status: string }[]>`
        select status from bulk_runs where id = ${id}::uuid for update`;
      if (!run) throw bulkNotFound();
      if (run.status !== "running") {
        throw new ApiProblem("conflict", `This run has ended already: it was ${run.status}.`);
      }
      const leftOut = await tx.$executeRaw`
        update bulk_rows set problem = ${STOPPED}
        where bulk_id = ${id}::uuid and execution_id is null and problem is null`;
      await tx.$executeRaw`
        update bulk_runs set status = 'stopped', finished_at = now() where id = ${id}::uuid`;
      const underWay = await tx.$queryRaw<{ id: string }[]>`
        select e.id from bulk_rows r join executions e on e.id = r.execution_id
        where r.bulk_id = ${id}::uuid and e.status in ('queued', 'running', 'waiting') order by e.id`;
      for (const execution of underWay) await cancelWithin(tx, execution.id);
      await audit(actor, "bulk.stop", id, { leftOut, cancelled: underWay.length }, { within: tx });
    },
    { timeout: 30_000 },
  );
  return { ok: true };
}

/** The answer where a run by hand is not there. */
export function bulkNotFound(): ApiProblem {
  return new ApiProblem("not-found", "There is no such run by hand.");
}
