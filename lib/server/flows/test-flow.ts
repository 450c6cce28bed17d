import { randomUUID } from "node:crypto";
import { cardTitle } from "#lib/cards/card-title.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import { type FlowPlan, planFlow } from "#lib/engine/plan.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { readDocument } from "#lib/flow/migrate-document.ts";
import { catalogue, registry } from "#lib/registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { withTargetsOf } from "../connections/real-targets.ts";
import { database } from "../db/client.ts";
import { storableJson } from "../db/storable-json.ts";
import { ApiProblem } from "../http/problem.ts";
import { LogEventError, readLogEvent } from "../intake/log-event.ts";
import { enqueueWithin } from "../queue/enqueue.ts";
import { requireSound } from "./check-document.ts";
import { findFlow } from "./find-flow.ts";

/**
 * Runs the draft for real, with an event given or made up, marked as a test.
 *
 * @throws ApiProblem not-found; invalid when the draft has errors; conflict when it writes and nobody confirmed that
 */
export async function testFlow(
  actor: Actor,
  id: string,
  { event, confirmWrites }: { event?: JsonObject; confirmWrites: boolean },
): Promise<{ executionId: string }> {
  authorize(actor, "executions.run");
  const { prisma } = database();
  const document = readDocument((await findFlow(prisma, id)).draft);
  await requireSound(document, "tested");
  if (!confirmWrites) refuseWrites(planFlow(document, registry), "the test was not started");
  const trigger: JsonObject = JSON.parse(storableJson(event ?? (await eventFor(document))));
  const executionId = randomUUID();
  await prisma.$transaction(async (tx) => {
    await tx.execution.create({
      data: { id: executionId, flowId: id, document, mode: "test", trigger, subject: subjectOf(trigger) },
    });
    await enqueueWithin(tx, [executionId]);
    await audit(actor, "flow.test", id, { executionId, confirmWrites }, { within: tx });
  });
  return { executionId };
}

/**
 * An event as Okta would send it for the flow's event card, about somebody who is really in the org.
 *
 * @throws ApiProblem not-found; conflict when the flow has no event card
 */
export async function sampleEventOfFlow(actor: Actor, id: string): Promise<{ event: JsonObject }> {
  authorize(actor, "executions.run");
  return { event: await eventFor(readDocument((await findFlow(database().prisma, id)).draft)) };
}

/** An event as Okta would send it for the flow's event card. @throws ApiProblem conflict when it has none */
export async function eventFor(document: FlowDocument): Promise<JsonObject> {
  for (const node of Object.values(document.cards)) {
    const card = registry.card(node.card);
    if (!card?.sampleEvent) continue;
    return withTargetsOf(node.connection, card.sampleEvent(optionValues(card.description, node)));
  }
  const hint = "Put an event card on the canvas first.";
  throw new ApiProblem("conflict", "The flow has no event card, so there is no event to make up.", { hint });
}

/** Names and logins in an event, for search. One the caller gives may not even be an Okta event. */
export function subjectOf(trigger: JsonObject): string {
  try {
    return readLogEvent(trigger).subject;
  } catch (error) {
    if (error instanceof LogEventError) return "";
    throw error;
  }
}

/**
 * Makes sure that nobody runs by mistake what changes something.
 *
 * @param instead what was not done: "the test was not started"
 * @throws ApiProblem conflict naming the cards that write
 */
export function refuseWrites(plan: FlowPlan, instead: string): void {
  const writing = writesOf(plan);
  if (writing.length === 0) return;
  const titles = writing.map((title) => `“${title}”`).join(", ");
  throw new ApiProblem("conflict", `The flow changes things (${titles}); ${instead}.`, {
    hint: "Confirm the changes (confirmWrites) to run it for real.",
  });
}

/** Titles of the cards that write and that a way leads to. */
export function writesOf(plan: FlowPlan): string[] {
  const reached = new Set([plan.event.id]);
  for (const planned of plan.order) {
    if (reached.has(planned.id)) for (const { to } of planned.outgoing) reached.add(to);
  }
  const writing = plan.order.filter(({ id, effect }) => reached.has(id) && effect === "write");
  return writing.map(({ node }) => cardTitle(node, catalogue.card(node.card)));
}
