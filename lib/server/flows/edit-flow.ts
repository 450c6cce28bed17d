import { randomUUID } from "node:crypto";
import type { FlowCall, FlowSummary, FlowView } from "#lib/api/flows.ts";
import { canPublish } from "#lib/cards/validate.ts";
import { emptyDocument, type FlowDocument } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { checkDocument, readSentDocument } from "./check-document.ts";
import { findFlow, lockFlow, requireRevision } from "./find-flow.ts";
import { flowCalls } from "./flow-calls.ts";
import { flowSummaries, flowView } from "./flow-view.ts";

/** All flows, the last changed first. */
export async function listFlows(actor: Actor): Promise<{ flows: FlowSummary[]; calls: FlowCall[] }> {
  authorize(actor, "flows.read");
  const [flows, calls] = await Promise.all([flowSummaries(), flowCalls()]);
  return { flows, calls };
}

/** @throws ApiProblem not-found */
export async function getFlow(actor: Actor, id: string): Promise<FlowView> {
  authorize(actor, "flows.read");
  return flowView(id);
}

/**
 * Creates a flow, empty or from a document. A document with mistakes is taken: they are shown in the builder.
 *
 * @throws ApiProblem invalid when it is no flow document
 */
export async function createFlow(
  actor: Actor,
  given: { name: string } | { document?: unknown },
): Promise<FlowView> {
  authorize(actor, "flows.write");
  const document = "name" in given ? emptyDocument(given.name) : readSentDocument(given.document);
  const id = randomUUID();
  await database().prisma.$transaction(async (tx) => {
    await tx.flow.create({
      data: { id, name: document.name, draft: document, createdBy: actor.name, updatedBy: actor.name },
    });
    await audit(actor, "flow.create", id, {}, { within: tx });
  });
  return flowView(id);
}

/**
 * Saves the draft.
 *
 * @throws ApiProblem not-found; invalid when it is no flow document; conflict (with `current`) when somebody saved since
 */
export async function updateFlow(
  actor: Actor,
  id: string,
  { revision, document }: { revision: number; document?: unknown },
): Promise<FlowView> {
  authorize(actor, "flows.write");
  const read = readSentDocument(document);
  await database().prisma.$transaction(async (tx) => {
    requireRevision(await lockFlow(tx, id), revision);
    await saveDraft(tx, id, read, actor);
  });
  return flowView(id);
}

/** Replaces the draft of a flow whose row is held. */
export async function saveDraft(
  tx: Prisma.TransactionClient,
  id: string,
  document: FlowDocument,
  actor: Actor,
): Promise<void> {
  await tx.flow.update({
    where: { id },
    data: { draft: document, name: document.name, revision: { increment: 1 }, updatedBy: actor.name },
  });
}

/** Checks a document without saving it. */
export async function validateDocument(
  actor: Actor,
  { document }: { document?: unknown },
): Promise<{ valid: boolean; issues: FlowIssue[] }> {
  authorize(actor, "flows.read");
  return verdict(await checkDocument(readSentDocument(document)));
}

/** @throws ApiProblem not-found */
export async function validateFlow(
  actor: Actor,
  id: string,
): Promise<{ valid: boolean; issues: FlowIssue[] }> {
  authorize(actor, "flows.read");
  const { draft } = await findFlow(database().prisma, id);
  return verdict(await checkDocument(readDocument(draft)));
}

function verdict(issues: FlowIssue[]): { valid: boolean; issues: FlowIssue[] } {
  return { valid: canPublish(issues), issues };
}
