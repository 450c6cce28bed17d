import type { ExecutionStatus } from "#lib/engine/execution.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { CANCEL_CHANNEL } from "../queue/cancel-channel.ts";
import { dequeueWithin } from "../queue/enqueue.ts";
import { lockExecution } from "./lock-execution.ts";

/**
 * Stops an execution: one that runs before its next card, any other at once. What it has done stays done.
 *
 * @throws ApiProblem not-found; conflict when it has ended
 */
export async function cancelExecution(actor: Actor, id: string): Promise<{ ok: true }> {
  authorize(actor, "executions.run");
  await database().prisma.$transaction(async (tx) => {
    const status = await cancelWithin(tx, id);
    if (status === "succeeded" || status === "failed" || status === "cancelled") {
      throw new ApiProblem("conflict", `This execution has ended already: it ${ENDED[status]}.`);
    }
    await audit(actor, "execution.cancel", id, { status }, { within: tx });
  });
  return { ok: true };
}

const ENDED = { succeeded: "succeeded", failed: "failed", cancelled: "was cancelled" } as const;

/**
 * Stops an execution within a transaction. One that has ended is left alone.
 *
 * @returns the status it had
 * @throws ApiProblem not-found
 */
export async function cancelWithin(tx: Prisma.TransactionClient, id: string): Promise<ExecutionStatus> {
  const status = await lockExecution(tx, id);
  switch (status) {
    case "running":
      await tx.execution.update({ where: { id }, data: { cancelRequested: true } });
      // Sent with the commit. A worker that dies before it hears of it is followed by one that reads the column.
      await tx.$executeRaw`select pg_notify(${CANCEL_CHANNEL}, ${id})`;
      break;
    case "queued":
    case "waiting":
    case "attention":
      await tx.execution.update({
        where: { id },
        data: {
          status: "cancelled",
          reason: null,
          waitingUntil: null,
          held: false,
          cancelRequested: true,
          finishedAt: new Date(),
          fence: { increment: 1 },
        },
      });
      await dequeueWithin(tx, id);
      break;
  }
  return status;
}
