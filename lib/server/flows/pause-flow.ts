import type { FlowView, PauseKind } from "#lib/api/flows.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { closeAlarms } from "../alarms/alarms.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { storableText } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";
import { RELEASE_WITHIN_MS, release, releaseLatecomers } from "../queue/release.ts";
import { lockFlow } from "./find-flow.ts";
import { flowView } from "./flow-view.ts";

/**
 * Pauses a flow: it stays on and its events are taken in, but their executions wait until it is resumed. Executions at a
 * card finish it and what comes after; those that are queued, or wait for something else, are kept back when their turn
 * comes (`claimExecution`).
 *
 * @throws ApiProblem not-found; conflict when the flow is off, for then it has no events to keep
 */
export async function pauseFlow(
  actor: Actor,
  id: string,
  { reason }: { reason?: string },
): Promise<FlowView> {
  authorize(actor, "flows.publish");
  await database().prisma.$transaction(async (tx) => {
    const flow = await lockFlow(tx, id);
    if (!flow.on) {
      throw new ApiProblem("conflict", "The flow is off, so there is nothing to pause.", {
        hint: "Turn it on and pause it, if its events are to be kept.",
      });
    }
    const note = reason?.trim();
    const why = note ? `Paused by ${actor.name}: ${note}` : `Paused by ${actor.name}.`;
    if (await pauseWithin(tx, id, "person", why)) await audit(actor, "flow.pause", id, {}, { within: tx });
  });
  return flowView(id);
}

/**
 * Pauses a flow within a transaction, whoever it is that stops it. One that is paused already keeps its reason, unless a
 * person paused it and now it does harm: replays run while a person pauses, and must stop too.
 *
 * @param reason a sentence for people
 * @returns whether this is why it is paused now
 */
export async function pauseWithin(
  tx: Prisma.TransactionClient,
  flowId: string,
  kind: PauseKind,
  reason: string,
): Promise<boolean> {
  const paused = await tx.$executeRaw`
    update flows set paused_at = coalesce(paused_at, now()), paused_kind = ${kind}, paused_reason = ${storableText(reason)}
    where id = ${flowId}::uuid and kind = 'flow'
      and (paused_at is null or paused_kind = 'person' and ${kind}::text <> 'person')`;
  return paused > 0;
}

/**
 * Lets a flow run again and queues what it kept back, in the order its events were published and before
 * those that come from now on. Executions that had not
 * begun run on the version that is live now: who pauses a flow to mend it wants the kept events to meet the mended one.
 *
 * @throws ApiProblem not-found; conflict when the flow is not paused
 */
export async function resumeFlow(actor: Actor, id: string): Promise<FlowView> {
  authorize(actor, "flows.publish");
  const resumed = await database().prisma.$transaction(
    async (tx) => {
      const flow = await lockFlow(tx, id);
      if (flow.pausedAt === null) throw new ApiProblem("conflict", "The flow is not paused.");
      await tx.$executeRaw`
        update flows set paused_at = null, paused_kind = null, paused_reason = null where id = ${id}::uuid`;
      const released = await release(tx, id);
      await closeAlarms("flow-quarantined", id, actor.name, tx);
      await closeAlarms("flow-writes", id, actor.name, tx);
      const detail = { kind: flow.pausedKind, released };
      await audit(actor, "flow.resume", id, detail, { within: tx });
      const [row] = await tx.$queryRaw<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
      return row?.xid;
    },
    { timeout: RELEASE_WITHIN_MS },
  );
  if (resumed !== undefined) await releaseLatecomers(database(), id, resumed);
  return flowView(id);
}
