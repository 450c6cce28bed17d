import { maskSecrets } from "../../cards/mask.ts";
import { type HiddenNames, NOTHING_HIDDEN } from "../../cards/secret-keys.ts";
import type { Step } from "../../engine/execution.ts";
import type { FlowDocument } from "../../flow/document.ts";
import { registry } from "../../registry.ts";
import { shownOutputs } from "../secrets/seal-outputs.ts";

/**
 * Steps as people are shown them: without the sealed part of their outputs. What was recorded before secrets were sealed
 * has them in its outputs; they are masked here, and so is what an org's admin has marked since.
 *
 * @param hidden attributes that are marked now
 */
export function withMaskedOutputs<Shown extends Step>(
  steps: readonly Shown[],
  { cards }: Pick<FlowDocument, "cards">,
  hidden: HiddenNames = NOTHING_HIDDEN,
): Shown[] {
  return steps.map((step) => {
    const node = Object.hasOwn(cards, step.path) ? cards[step.path] : undefined;
    const { inputs = {}, outputs = {} } = (node && registry.card(node.card)?.description) ?? {};
    return {
      ...step,
      ...(step.inputs && hidden.size > 0 ? { inputs: maskSecrets(step.inputs, inputs, { hidden }) } : {}),
      ...(step.outputs ? { outputs: maskSecrets(shownOutputs(step.outputs), outputs, { hidden }) } : {}),
    };
  });
}
