import { maskSecrets } from "../../cards/mask.ts";
import type { Step } from "../../engine/execution.ts";
import type { FlowDocument } from "../../flow/document.ts";
import { registry } from "../../registry.ts";

/**
 * Steps with the secrets in their outputs masked. They are kept as they came, because cards behind them and a retry need
 * them; whoever looks at the execution does not.
 */
export function withMaskedOutputs(steps: readonly Step[], { cards }: Pick<FlowDocument, "cards">): Step[] {
  return steps.map((step) => {
    const node = Object.hasOwn(cards, step.path) ? cards[step.path] : undefined;
    const card = node && registry.card(node.card);
    if (!card || !step.outputs) return step;
    return { ...step, outputs: maskSecrets(step.outputs, card.description.outputs) };
  });
}
