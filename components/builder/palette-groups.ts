import type { CardDescription } from "#lib/cards/card.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { searchCards } from "#lib/cards/search-cards.ts";

export interface PaletteGroup {
  title: string;
  cards: CardDescription[];
}

const KIND_ORDER: CardDescription["kind"][] = ["action", "control", "function", "note"];

/**
 * The palette's groups. Event cards come first while the flow has none and last once it has one; the others by kind,
 * then by category, in the catalogue's order. With a search, one group with the best matches first.
 */
export function paletteGroups(catalogue: Catalogue, search: string, hasEvent: boolean): PaletteGroup[] {
  if (search.trim() !== "") {
    const found = searchCards(catalogue, search);
    return found.length === 0 ? [] : [{ title: "Found", cards: found }];
  }
  const events = { title: "Events", cards: catalogue.cards.filter((card) => card.kind === "event") };
  const others = new Map<string, CardDescription[]>();
  for (const kind of KIND_ORDER) {
    for (const card of catalogue.cards) {
      if (card.kind !== kind) continue;
      others.set(card.category, [...(others.get(card.category) ?? []), card]);
    }
  }
  const groups = [...others].map(([title, cards]) => ({ title, cards }));
  const all = hasEvent ? [...groups, events] : [events, ...groups];
  return all.filter((group) => group.cards.length > 0);
}
