import type { Flow, Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";

/** The answer where a flow is not there. */
export function flowNotFound(): ApiProblem {
  return new ApiProblem("not-found", "There is no such flow; it may have been deleted.");
}

/** @throws ApiProblem not-found */
export async function findFlow(prisma: Pick<Prisma.TransactionClient, "flow">, id: string): Promise<Flow> {
  const flow = await prisma.flow.findFirst({ where: { id, kind: "flow", deletedAt: null } });
  if (!flow) throw flowNotFound();
  return flow;
}

/**
 * Finds a flow and holds its row until the transaction ends: publishing, turning on and saving change the same things.
 *
 * @throws ApiProblem not-found
 */
export async function lockFlow(tx: Prisma.TransactionClient, id: string): Promise<Flow> {
  await tx.$queryRaw`select 1 from flows where id = ${id}::uuid for update`;
  return findFlow(tx, id);
}

/**
 * Makes sure that a change was made knowing the newest draft.
 *
 * @throws ApiProblem conflict with the draft that stands, so that both can be shown
 */
export function requireRevision(flow: Flow, revision: number): void {
  if (flow.revision === revision) return;
  throw new ApiProblem("conflict", `${flow.updatedBy} changed this flow in the meantime.`, {
    hint: "Load the newest draft and make your change again.",
    current: {
      revision: flow.revision,
      document: flow.draft,
      updatedBy: flow.updatedBy,
      updatedAt: flow.updatedAt.toISOString(),
    },
  });
}
