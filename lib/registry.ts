import { type Catalogue, createCatalogue, createRegistry, type Registry } from "./cards/registry.ts";
import { coreCards } from "./connectors/core/core-cards.ts";
import { oktaCards, oktaLoaders } from "./connectors/okta/okta-cards.ts";

/** Every card and loader of Flowdeck. The one file that knows all connectors. */
export const registry: Registry = createRegistry([...oktaCards, ...coreCards], [...oktaLoaders]);

/** The data side of the registry: what the browser, `validate` and the docs know of the cards. */
export const catalogue: Catalogue = createCatalogue(registry.cards.map((card) => card.description));
