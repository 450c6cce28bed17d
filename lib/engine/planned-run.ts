import { NEXT } from "../cards/card.ts";
import type { PlannedCard } from "./plan.ts";
import type { CardRun } from "./run-card.ts";

/**
 * What a plan goes on with behind a card. Where a write was held back, nobody knows what the system would have answered:
 * the card's sample outputs stand in for it, however the card itself took the made-up answer. A card that failed before
 * it came to write fails the plan too, since it would fail the flow; it has certainly written nothing.
 */
export function asPlanned(planned: PlannedCard, run: CardRun): CardRun {
  if (run.exchanges.some(({ held }) => held)) {
    const { outputs } = planned.card.description.sample;
    return { ...run, result: { ok: true, outputs, exit: NEXT.id } };
  }
  if (run.result.ok) return run;
  return { ...run, result: { ok: false, failure: { ...run.result.failure, sent: false } } };
}
