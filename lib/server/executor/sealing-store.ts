import type { HiddenNames } from "#lib/cards/secret-keys.ts";
import type { Step } from "#lib/engine/execution.ts";
import type { FlowPlan, PlannedCard } from "#lib/engine/plan.ts";
import type { StepStore } from "#lib/engine/ports.ts";
import { secretWays } from "#lib/engine/secret-ways.ts";
import { openOutputs, sealOutputs } from "../secrets/seal-outputs.ts";

/**
 * A store of steps whose outputs hold their secrets sealed. The engine knows nothing of it: what it is given back, when it
 * takes an execution up, is what it recorded.
 *
 * @throws SecretUnreadableError from `steps`, when FLOWDECK_SECRET_KEY is another one than it was
 */
export function sealing(
  store: StepStore,
  { plan, hidden }: { plan: FlowPlan; hidden: HiddenNames },
): StepStore {
  const ways = secretWays(plan, hidden);
  const cards = cardsOf(plan);
  const sealed = (executionId: string) => (step: Step) => {
    const planned = cards.get(step.path);
    const known = ways.get(step.path);
    if (!step.outputs || !planned || !known) return step;
    return { ...step, outputs: sealOutputs(step.outputs, planned, { ways: known, hidden, executionId }) };
  };
  return {
    ...store,
    steps: (executionId) => opened(store, executionId),
    record: (executionId, fence, { steps, ending }) =>
      store.record(executionId, fence, { steps: steps.map(sealed(executionId)), ending }),
  };
}

/** Made once per plan: flows of hundreds of cards run many times a second. */
const byPlan = new WeakMap<FlowPlan, ReadonlyMap<string, PlannedCard>>();

function cardsOf(plan: FlowPlan): ReadonlyMap<string, PlannedCard> {
  const known = byPlan.get(plan);
  if (known) return known;
  const cards = new Map(plan.order.map((planned) => [planned.id, planned]));
  byPlan.set(plan, cards);
  return cards;
}

/** Whatever the marks and the flow are now: what was sealed is opened. */
async function opened(store: StepStore, executionId: string): Promise<Step[]> {
  const steps = await store.steps(executionId);
  return steps.map((step) =>
    step.outputs ? { ...step, outputs: openOutputs(step.outputs, { executionId, path: step.path }) } : step,
  );
}
