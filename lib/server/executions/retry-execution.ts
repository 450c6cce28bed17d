import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { retryExecution as endpoint } from "#lib/api/executions.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { subjectOf } from "../flows/test-flow.ts";
import { ApiProblem } from "../http/problem.ts";
import { enqueueWithin, type PRIORITY } from "../queue/enqueue.ts";
import { executionNotFound } from "./get-execution.ts";
import { lockExecution } from "./lock-execution.ts";
import { requireSameFinished } from "./same-finished.ts";
import { refuseSecondAnswer, settleDoubt } from "./settle-doubt.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;

/** States a person may send an execution on from. Others have their own way on, or nothing left to do. */
const RETRIABLE = ["failed", "cancelled", "attention"];

/**
 * Tries an execution again. From the failed card the same execution goes on and keeps what it has done; from the start
 * a new one runs for the same event. Either on the version it ran or on the live one.
 *
 * @returns the execution that runs now
 * @throws ApiProblem not-found; conflict where there is nothing to retry, or where its finished cards are others in the
 *   live version
 */
export async function retryExecution(
  actor: Actor,
  id: string,
  request: Request,
): Promise<{ executionId: string }> {
  authorize(actor, "executions.run");
  return database().prisma.$transaction(async (tx) => {
    const retried = await retryWithin(tx, id, request, { actor });
    const { from, version } = request;
    await audit(
      actor,
      "execution.retry",
      id,
      { from, version, ...answered(request), ...retried },
      { within: tx },
    );
    return retried;
  });
}

/**
 * Tries an execution again within a transaction.
 *
 * @param options.as the priority of its queue entry, by the mode that has it; that of its own where absent
 * @param options.actor who answers what became of a write; needed where the request says it
 * @throws ApiProblem as `retryExecution`, before anything was written
 */
export async function retryWithin(
  tx: Prisma.TransactionClient,
  id: string,
  request: Request,
  { as, actor = { name: "Somebody" } }: { as?: keyof typeof PRIORITY; actor?: Pick<Actor, "name"> } = {},
): Promise<{ executionId: string }> {
  const status = await lockExecution(tx, id);
  const execution = await tx.execution.findUnique({
    where: { id },
    include: {
      version: true,
      flow: { select: { deletedAt: true, liveVersionId: true } },
      event: { select: { payload: true } },
    },
  });
  if (!execution) throw executionNotFound();
  if (execution.flow.deletedAt) {
    throw new ApiProblem("conflict", "The flow of this execution was deleted, so it can't be run again.");
  }
  const { from } = request;
  const newest = request.version === "latest" ? newestFor(execution, from) : null;
  refuseWithoutValues(execution.blanked, from);
  if (from === "failed") {
    const ran = execution.document ?? execution.version?.document;
    const doubtful = { ...execution, status, document: ran };
    await refuseSecondAnswer(tx, doubtful, request);
    if (!RETRIABLE.includes(status)) throw notRetriable(status);
    if (status === "attention" && request.tookEffect === undefined) throw notSettled();
    const goesOn = newest === null ? ran : await requireSameFinished(tx, execution, newest);
    await settleDoubt(tx, doubtful, goesOn, request, actor);
    const versionId = newest ?? execution.versionId;
    await tx.execution.update({ where: { id }, data: { ...AGAIN, versionId } });
    await enqueueWithin(tx, [id], as);
    return { executionId: id };
  }
  if (!RETRIABLE.includes(status) && status !== "succeeded") throw notRetriable(status);
  const executionId = randomUUID();
  const { flowId, document, mode, eventId, trigger, subject, severity, bulkId } = execution;
  await tx.execution.create({
    data: {
      id: executionId,
      flowId,
      versionId: newest ?? execution.versionId,
      document: document ?? undefined,
      mode,
      eventId,
      trigger: trigger ?? undefined,
      subject: subject || whomAbout(trigger ?? execution.event?.payload),
      severity,
      bulkId,
      retryOfId: id,
    },
  });
  await enqueueWithin(tx, [executionId], as);
  return { executionId };
}

/** What an answer about a write of unknown outcome leaves in the audit log: which outputs were given, not their values. */
function answered({ tookEffect, about, outputs }: Request): JsonObject {
  if (tookEffect === undefined) return {};
  return {
    tookEffect,
    ...(about ? { card: about.path } : {}),
    ...(outputs ? { outputs: Object.keys(outputs) } : {}),
  };
}

/** Names an execution that keeps no values lost at its end: the new one may run a version that keeps them. */
function whomAbout(event: unknown): string {
  return isJsonObject(event) ? subjectOf(event) : "";
}

/** Id of the live version to run instead of its own; null where it runs that already, or ran a draft from the start. */
function newestFor(
  { versionId, flow }: { versionId: string | null; flow: { liveVersionId: string | null } },
  from: Request["from"],
): string | null {
  if (versionId === null && from === "failed") {
    throw new ApiProblem(
      "conflict",
      "This execution ran no published version, so there is no newer one for it.",
      {
        hint: "Retry it from the failed card as it is, or run it again from the start.",
      },
    );
  }
  return versionId === null || versionId === flow.liveVersionId ? null : flow.liveVersionId;
}

const AGAIN = {
  status: "queued",
  reason: null,
  waitingUntil: null,
  error: Prisma.DbNull,
  // Its duration is that of the run that comes; from the first start on it was the days somebody took to press Retry.
  startedAt: null,
  finishedAt: null,
  cancelRequested: false,
  crashes: 0,
  place: null,
} as const;

/**
 * Finished steps are reused with the outputs they had; where those are gone, cards behind them would get nothing. An
 * execution whose person was erased has no event left either, nor has one whose flow keeps none a day after its end.
 */
function refuseWithoutValues(blanked: string | null, from: Request["from"]): void {
  if (blanked === "erased") {
    const hint =
      "Its event was deleted, with a person's data or because its flow keeps none; what is left is how it ended.";
    throw new ApiProblem("conflict", "The data of this execution was erased, so it can't be run again.", {
      hint,
    });
  }
  if (blanked !== null && from === "failed") {
    throw new ApiProblem(
      "conflict",
      "The flow keeps no inputs and outputs of executions that ended like this one.",
      {
        hint: "Retry it from the start.",
      },
    );
  }
}

function notSettled(): ApiProblem {
  return new ApiProblem("conflict", "A write of this execution may or may not have happened.", {
    hint: "Look in the connected system, then say what you found: tookEffect true goes on, false sends it again.",
  });
}

function notRetriable(status: string): ApiProblem {
  if (status === "succeeded") {
    const hint = "Retry it from the start to run the whole flow again.";
    return new ApiProblem("conflict", "This execution succeeded; there is no failed card to go on from.", {
      hint,
    });
  }
  const hint = "Wait until it has ended, or cancel it first.";
  return new ApiProblem("conflict", `This execution is ${status}; it goes on by itself.`, { hint });
}
