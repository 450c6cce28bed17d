import { cardTitle } from "#lib/cards/card-title.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { FlowDocument } from "#lib/flow/document.ts";

/** A card of a flow that changes something in a connected system. */
export interface WritingCard {
  id: string;
  title: string;
  endpoint?: string;
  connection?: string;
}

/** The cards of a flow that write, in document order: what a test really changes. */
export function writingCards(document: FlowDocument, catalogue: Catalogue): WritingCard[] {
  return Object.entries(document.cards).flatMap(([id, node]) => {
    const description = catalogue.card(node.card);
    if (!description || effectOf(description, optionValues(description, node)).effect !== "write") return [];
    return [
      {
        id,
        title: cardTitle(node, description),
        endpoint: description.endpoint,
        connection: node.connection,
      },
    ];
  });
}
