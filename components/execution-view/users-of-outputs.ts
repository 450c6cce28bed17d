import { cardTitle } from "#lib/cards/card-title.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { refsInCard } from "#lib/flow/references.ts";

/** Titles of the cards that take an input from an output of this one, in the order of the document. */
export function usersOfOutputs(
  document: FlowDocument,
  cardId: string,
  catalogue: Catalogue | undefined,
): string[] {
  return Object.values(document.cards)
    .filter((node) => refsInCard(node).some(({ ref }) => ref[0] === cardId))
    .map((node) => cardTitle(node, catalogue?.card(node.card)));
}
