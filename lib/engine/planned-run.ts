import { NEXT } from "../cards/card.ts";
import type { PlannedCard } from "./plan.ts";
import type { CardRun } from "./run-card.ts";
import { standInOutputs } from "./stand-in-outputs.ts";

/**
 * What a plan goes on with behind a card. Where a call was held back, nobody knows what the system would have answered:
 * what is known of it stands in, however the card itself took the made-up answer. A card that failed before it came to
 * write fails the plan too, since it would fail the flow; it has certainly written nothing.
 */
export function asPlanned(planned: PlannedCard, run: CardRun): CardRun {
  if (run.exchanges.some(({ held }) => held)) {
    const made = run.result.ok ? run.result.outputs : undefined;
    const outputs = standInOutputs(planned, run.inputs, made);
    return { ...run, result: { ok: true, outputs, exit: NEXT.id } };
  }
  if (run.result.ok) return run;
  return { ...run, result: { ok: false, failure: { ...run.result.failure, sent: false } } };
}
