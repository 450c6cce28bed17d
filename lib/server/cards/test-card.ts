import type { z } from "zod";
import type { testCard as endpoint } from "../../api/catalog.ts";
import { literals } from "../../cards/cleared-inputs.ts";
import { effectOf } from "../../cards/effect.ts";
import { hasMask, maskSecrets } from "../../cards/mask.ts";
import { conceal } from "../../engine/conceal.ts";
import { DEFAULT_LIMITS } from "../../engine/limits.ts";
import { type PlannedCard, planCard } from "../../engine/plan.ts";
import { runCard } from "../../engine/run-card.ts";
import type { CardNode } from "../../flow/document.ts";
import { registry } from "../../registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { createEngineConnections } from "../connections/engine-connections.ts";
import { hiddenAttributes } from "../connections/hidden-attributes.ts";
import { database } from "../db/client.ts";
import { ApiProblem } from "../http/problem.ts";

type Request = z.output<NonNullable<typeof endpoint.body>>;
type Answer = z.input<typeof endpoint.answer>;

/**
 * Runs one card alone, with the very code that runs it in a flow. Real calls: a card that writes does so only when the
 * caller confirmed it. The answer is masked like the history of an execution: it is shown beside it, and later cards are
 * tried with it.
 * @throws ApiProblem not-found for a card there is not, conflict for a write that was not confirmed, bad-request for
 *   inputs taken from the history with their secrets masked
 */
export async function testCard(actor: Actor, cardId: string, request: Request): Promise<Answer> {
  authorize(actor, "executions.run");
  const planned = plannedCard(cardId, request);
  const { description } = planned.card;
  const { effect } = effectOf(description, planned.options);
  if (effect === "write" && !request.confirmWrite) {
    throw new ApiProblem("conflict", `${description.title} changes the org; the test was not run.`, {
      hint: "Confirm the change (confirmWrite) to run it for real.",
    });
  }
  if (hasMask(request.inputs)) {
    throw new ApiProblem("bad-request", "An input holds the mark that stands for a secret in the history.", {
      hint: "Type the secret itself; it is not kept.",
    });
  }
  if (effect === "write") await audit(actor, "card.test", cardId, { connection: request.connection ?? null });
  const hidden = await hiddenAttributes(database().pool, request.connection ? [request.connection] : []);
  const run = await runCard({
    planned,
    inputs: request.inputs,
    event: request.event,
    ports: { connections: createEngineConnections(), clock: { now: () => new Date() } },
    maxMs: DEFAULT_LIMITS.maxCardMs,
  });
  const concealed = conceal(planned, run.inputs, undefined, { hidden });
  const exchanges = run.exchanges.map(concealed.exchange);
  const common = { exchanges, durationMs: run.finishedAt.getTime() - run.startedAt.getTime() };
  if (!run.result.ok)
    return { ...common, status: "failed", error: concealed.error(run.result.failure.error) };
  const { outputs, exit } = run.result;
  return { ...common, status: "succeeded", outputs: maskSecrets(outputs, planned.outputs, { hidden }), exit };
}

function plannedCard(cardId: string, request: Request): PlannedCard {
  const card = registry.card(cardId);
  if (!card || card.description.kind === "note") {
    throw new ApiProblem("not-found", `There is no card "${cardId}" that can be run.`);
  }
  const node: CardNode = {
    card: cardId,
    v: card.description.version,
    connection: request.connection,
    options: request.options,
    // As in a flow with these values typed in: which inputs are cleared, and what the fields grow by, stands in the node.
    inputs: literals(request.inputs),
  };
  return planCard("test", node, registry);
}
