import type { Database } from "../db/client.ts";

/** Executions a statement cancels. It takes a fraction of a second; a flow may keep millions. */
export const CANCEL_PORTION = 10_000;

/**
 * Cancels what a flow kept back that was deleted: nobody could resume it any more. Each is looked up by itself, in the order
 * of their ids, as everybody does who locks several.
 *
 * @param portion how many at most
 * @returns how many were cancelled
 */
export function cancelKept(
  { prisma }: Pick<Database, "prisma">,
  flowId: string,
  portion = CANCEL_PORTION,
): Promise<number> {
  return prisma.$executeRaw`
    update executions e set status = 'cancelled', held = false, reason = null, finished_at = now(), fence = e.fence + 1
    from (
      select k.id from (select id from executions where flow_id = ${flowId}::uuid and held limit ${portion}) k order by k.id
    ) k cross join lateral (select x.id from executions x where x.id = k.id and x.held for update) x
    where e.id = x.id`;
}
