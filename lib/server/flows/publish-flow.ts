import { randomUUID } from "node:crypto";
import type { FlowView } from "#lib/api/flows.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { closeAlarms } from "../alarms/alarms.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { storableText } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";
import { cancelKept } from "../queue/cancel-kept.ts";
import { lineSettings } from "../queue/lines.ts";
import { requireSound } from "./check-document.ts";
import { lockFlow, requireRevision } from "./find-flow.ts";
import { flowView } from "./flow-view.ts";
import { bringHooksUpToDate, replaceListeners } from "./listeners.ts";

/**
 * Makes the draft the live version. Executions under way keep theirs.
 *
 * @throws ApiProblem not-found; conflict (with `current`) when the publisher saw an older draft; invalid when it has errors
 */
export async function publishFlow(
  actor: Actor,
  id: string,
  { revision, note }: { revision: number; note?: string },
): Promise<FlowView> {
  authorize(actor, "flows.publish");
  const affected = await database().prisma.$transaction(async (tx) => {
    const flow = await lockFlow(tx, id);
    requireRevision(flow, revision);
    const document = readDocument(flow.draft);
    await requireSound(document, "published", tx);
    const newest = await tx.flowVersion.aggregate({ where: { flowId: id }, _max: { number: true } });
    const number = (newest._max.number ?? 0) + 1;
    const versionId = randomUUID();
    await tx.flowVersion.create({
      data: {
        id: versionId,
        flowId: id,
        number,
        document,
        note: note === undefined ? null : storableText(note),
        createdBy: actor.name,
      },
    });
    // Publishing is no edit: who saved last and when stays as it is.
    const live = { liveVersionId: versionId, ...lineSettings(document.settings) };
    await tx.flow.update({ where: { id }, data: { ...live, updatedAt: flow.updatedAt } });
    await audit(actor, "flow.publish", id, { number, versionId }, { within: tx });
    return flow.on ? replaceListeners(tx, id, document) : [];
  });
  await bringHooksUpToDate(affected);
  return flowView(id);
}

/**
 * Starts listening with the live version.
 *
 * @throws ApiProblem not-found; conflict when nothing is published; invalid when the live version no longer fits
 */
export async function turnFlowOn(actor: Actor, id: string): Promise<FlowView> {
  authorize(actor, "flows.publish");
  const affected = await database().prisma.$transaction(async (tx) => {
    const flow = await lockFlow(tx, id);
    const version = flow.liveVersionId
      ? await tx.flowVersion.findUnique({ where: { id: flow.liveVersionId } })
      : null;
    if (!version) {
      const hint = "Publish it, then turn it on.";
      throw new ApiProblem("conflict", "The flow was never published, so there is nothing to run.", { hint });
    }
    const document = readDocument(version.document);
    await requireSound(document, "turned on", tx);
    // What happened while it was off was not watched: an event card that compares with before begins anew.
    if (!flow.on) await tx.flowMark.deleteMany({ where: { flowId: id } });
    await tx.flow.update({ where: { id }, data: { on: true, updatedAt: flow.updatedAt } });
    await audit(actor, "flow.on", id, { number: version.number }, { within: tx });
    return replaceListeners(tx, id, document);
  });
  await bringHooksUpToDate(affected);
  return flowView(id);
}

/**
 * Stops listening. Executions under way finish.
 *
 * @throws ApiProblem not-found
 */
export async function turnFlowOff(actor: Actor, id: string): Promise<FlowView> {
  authorize(actor, "flows.publish");
  const affected = await database().prisma.$transaction(async (tx) => {
    const flow = await lockFlow(tx, id);
    await tx.flow.update({ where: { id }, data: { on: false, updatedAt: flow.updatedAt } });
    await audit(actor, "flow.off", id, {}, { within: tx });
    return replaceListeners(tx, id, null);
  });
  await bringHooksUpToDate(affected);
  return flowView(id);
}

/**
 * Turns a flow off and takes it out of the lists; its versions and executions stay. Those it kept back while it was
 * paused are cancelled: nobody could resume it any more. Its pause stays, so that none of them runs before its turn to be
 * cancelled; should this process die, the sweep goes on (`releaseStranded`).
 *
 * @throws ApiProblem not-found
 */
export async function deleteFlow(actor: Actor, id: string): Promise<{ ok: true }> {
  authorize(actor, "flows.write");
  const affected = await database().prisma.$transaction(async (tx) => {
    await lockFlow(tx, id);
    await tx.flow.update({
      where: { id },
      data: { on: false, deletedAt: new Date(), updatedBy: actor.name, releaseTurn: null },
    });
    await closeAlarms("flow-quarantined", id, actor.name, tx);
    await closeAlarms("flow-writes", id, actor.name, tx);
    await audit(actor, "flow.delete", id, {}, { within: tx });
    return replaceListeners(tx, id, null);
  });
  await bringHooksUpToDate(affected);
  while ((await cancelKept(database(), id)) > 0);
  return { ok: true };
}
