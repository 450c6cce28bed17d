import { CARD_FAILED } from "#lib/connectors/core/card-failed.ts";
import type { FlowDocument } from "#lib/flow/document.ts";

/** Whether a flow with this document can be called when a card of another flow fails. */
export function startsOnFailure({ cards }: Pick<FlowDocument, "cards">): boolean {
  return Object.values(cards).some(({ card }) => card === CARD_FAILED);
}
