import { setTimeout as sleep } from "node:timers/promises";
import { optionValues } from "#lib/cards/effective-fields.ts";
import { type Severity, severityOf } from "#lib/cards/severity.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { registry } from "#lib/registry.ts";
import { syncHook } from "../connections/hook.ts";
import type { Prisma } from "../db/generated/client.ts";
import { log } from "../log.ts";

/** Longer than an org usually takes, and no longer than a person likes to wait. */
const SYNC_WITHIN_MS = 5000;

interface Listening {
  alias: string;
  eventTypes: string[];
  /** What its executions are marked with. */
  severity: Severity | null;
}

/** What a flow listens to: the event types of its event card, on the connection the card names. */
export function listensTo(document: FlowDocument): Listening[] {
  return Object.values(document.cards).flatMap((node) => {
    const card = registry.card(node.card);
    if (!card?.listensTo || node.connection === undefined) return [];
    const eventTypes = card.listensTo(optionValues(card.description, node));
    return [{ alias: node.connection, eventTypes, severity: severityOf(card, node) }];
  });
}

/**
 * Makes the listeners of a flow those of a document; none with null. One that was there already keeps the time since
 * when it listens: events from before a publish that the System Log brings afterwards still start the flow.
 *
 * @returns ids of the connections it listened to or listens to now, for `bringHooksUpToDate`
 */
export async function replaceListeners(
  tx: Prisma.TransactionClient,
  flowId: string,
  document: FlowDocument | null,
): Promise<string[]> {
  const before = await tx.flowListener.findMany({
    where: { flowId },
    select: { connectionId: true, eventType: true, since: true },
  });
  await tx.flowListener.deleteMany({ where: { flowId } });
  const sinceWhen = new Map(
    before.map(({ connectionId, eventType, since }) => [`${connectionId} ${eventType}`, since]),
  );
  const affected = new Set(before.map(({ connectionId }) => connectionId));
  for (const { alias, eventTypes, severity } of document ? listensTo(document) : []) {
    const connection = await tx.connection.findUnique({ where: { alias }, select: { id: true } });
    if (!connection) continue;
    affected.add(connection.id);
    await tx.flowListener.createMany({
      data: eventTypes.map((eventType) => ({
        flowId,
        connectionId: connection.id,
        eventType,
        severity,
        since: sinceWhen.get(`${connection.id} ${eventType}`),
      })),
      skipDuplicates: true,
    });
  }
  return [...affected];
}

/**
 * Makes the orgs send what is listened to now. Call it after the commit. Never fails: how it went stands on the
 * connection, and the worker tries again; a slow org goes on being asked after we have answered.
 */
export async function bringHooksUpToDate(connectionIds: string[]): Promise<void> {
  const syncs = connectionIds.map((connectionId) =>
    syncHook(connectionId).catch((error: unknown) =>
      log.warn({ connectionId, err: error }, "A hook was not updated."),
    ),
  );
  await Promise.race([Promise.all(syncs), sleep(SYNC_WITHIN_MS, undefined, { ref: false })]);
}
