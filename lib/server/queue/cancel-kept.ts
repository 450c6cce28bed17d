import type { Database } from "../db/client.ts";

/** Executions a statement cancels. It takes a fraction of a second; a flow may keep millions. */
export const CANCEL_PORTION = 10_000;

/**
 * Cancels what a flow kept back that was deleted: nobody could resume it any more.
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
    update executions set status = 'cancelled', held = false, reason = null, finished_at = now(), fence = fence + 1
    where id in (
      select id from executions where held and id = any(array(
        select id from executions where flow_id = ${flowId}::uuid and held limit ${portion}))
      order by id for update)`;
}
