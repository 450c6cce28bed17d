import type { CardDescription } from "./card.ts";
import type { Loader } from "./connector.ts";
import type { Card } from "./define.ts";

/** All cards and loaders there are. The executor and the server get it as an argument. */
export interface Registry {
  card: (id: string) => Card | undefined;
  cards: readonly Card[];
  loader: (id: string) => Loader | undefined;
}

/** What the browser and `validate` know of the cards. */
export interface Catalogue {
  card: (id: string) => CardDescription | undefined;
  /** Those offered for building flows. */
  cards: readonly CardDescription[];
}

/**
 * Builds the registry from the connectors' cards.
 * @throws Error at load time when two cards or loaders share an id.
 */
export function createRegistry(cards: readonly Card[], loaders: readonly Loader[]): Registry {
  const cardsById = indexed(cards, (card) => card.description.id);
  const loadersById = indexed(loaders, (loader) => loader.id);
  return { cards, card: (id) => cardsById.get(id), loader: (id) => loadersById.get(id) };
}

/** The data side of a registry, or of the JSON the catalogue route answered. */
export function createCatalogue(cards: readonly CardDescription[]): Catalogue {
  const byId = indexed(cards, (card) => card.id);
  return { cards: cards.filter((card) => !card.hidden), card: (id) => byId.get(id) };
}

function indexed<T>(items: readonly T[], idOf: (item: T) => string): Map<string, T> {
  const byId = new Map<string, T>();
  for (const item of items) {
    const id = idOf(item);
    if (byId.has(id)) throw new Error(`Two entries of the registry are called "${id}".`);
    byId.set(id, item);
  }
  return byId;
}
