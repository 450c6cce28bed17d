import { cardTitle } from "../cards/card-title.ts";
import { effectiveFields, type GrownFields } from "../cards/effective-fields.ts";
import type { Field, Fields } from "../cards/field.ts";
import { LIST_INDEX, outputAt } from "../cards/output-at.ts";
import type { Catalogue } from "../cards/registry.ts";
import type { FlowDocument } from "../flow/document.ts";
import { flowOrder } from "../flow/flow-order.ts";
import type { Ref } from "../flow/value.ts";

/** An earlier card whose outputs an input may be mapped to. */
export interface MappingSource {
  id: string;
  title: string;
  outputs: Fields;
}

/** Fields a connection added to a card, by card id. */
export type GrownOf = (cardId: string) => GrownFields;
const nothingGrown: GrownOf = () => ({});

/** The cards that come before `cardId` and have outputs, nearest first: what the mapping picker lists. */
export function sourcesFor(
  document: FlowDocument,
  catalogue: Catalogue,
  cardId: string,
  grownOf: GrownOf = nothingGrown,
): MappingSource[] {
  const order = flowOrder(document, (id) => isEvent(document, catalogue, id));
  return Object.keys(document.cards)
    .filter((id) => order.comesBefore(id, cardId))
    .map((id) => sourceOf(document, catalogue, id, grownOf))
    .filter((source) => source !== undefined)
    .filter((source) => Object.keys(source.outputs).length > 0)
    .sort((a, b) => (order.comesBefore(a.id, b.id) ? 1 : order.comesBefore(b.id, a.id) ? -1 : 0));
}

/** One card as a mapping source; undefined where the catalogue does not know it. */
export function sourceOf(
  document: FlowDocument,
  catalogue: Catalogue,
  id: string,
  grownOf: GrownOf = nothingGrown,
): MappingSource | undefined {
  const node = document.cards[id];
  const description = node && catalogue.card(node.card);
  if (!node || !description) return undefined;
  return {
    id,
    title: cardTitle(node, description),
    outputs: effectiveFields(description, node, grownOf(id)).outputs,
  };
}

/** How a reference reads to an admin: the card's title and the labels on the way to the output. */
export interface RefName {
  card: string;
  labels: string[];
  /** Undefined where the output's type is not declared, or it is gone. */
  field?: Field;
}

/** Names a reference. A path the card does not declare keeps its keys. */
export function nameOfRef(
  document: FlowDocument,
  catalogue: Catalogue,
  ref: Ref,
  grownOf: GrownOf = nothingGrown,
): RefName {
  const [id, ...path] = ref;
  const source = sourceOf(document, catalogue, id, grownOf);
  if (!source) return { card: document.cards[id]?.card ?? "a removed card", labels: path };
  return nameIn(source, path);
}

/** Names an output of a card. */
export function nameIn(source: MappingSource, path: readonly string[]): RefName {
  const labels = path.map((key, index) => {
    const at = outputAt(source.outputs, path.slice(0, index + 1));
    return at.kind === "field" && !LIST_INDEX.test(key) ? at.field.label : key;
  });
  const found = outputAt(source.outputs, path);
  return { card: source.title, labels, field: found.kind === "field" ? found.field : undefined };
}

/** True for the card that starts the flow. */
export function isEvent(document: FlowDocument, catalogue: Catalogue, id: string): boolean {
  return catalogue.card(document.cards[id]?.card ?? "")?.kind === "event";
}
