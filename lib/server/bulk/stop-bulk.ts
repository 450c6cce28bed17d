import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { stopRun } from "./stop-run.ts";

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
      await audit(actor, "bulk.stop", id, await stopRun(tx, id, STOPPED), { within: tx });
    },
    { timeout: 30_000 },
  );
  return { ok: true };
}

/** The answer where a run by hand is not there. */
export function bulkNotFound(): ApiProblem {
  return new ApiProblem("not-found", "There is no such run by hand.");
}
