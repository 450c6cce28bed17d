import type { CardNode, FlowDocument } from "../flow/document.ts";
import { type FlowOrder, flowOrder } from "../flow/flow-order.ts";
import type { FlowIssue } from "../flow/issue.ts";
import type { CardDescription } from "./card.ts";
import { cardTitle } from "./card-title.ts";
import { effectiveFields, type GrownFields } from "./effective-fields.ts";
import { hasErrorWay } from "./exits.ts";
import type { Fields } from "./field.ts";
import type { Catalogue } from "./registry.ts";

/** What validate may know beyond the document and the catalogue. Checks that need what is missing are left out. */
export interface ValidateContext {
  /** Fields the card's connection adds. */
  grown?: (cardId: string) => GrownFields;
  /** The connections there are, by alias. */
  connections?: { alias: string; connector: string }[];
  /** The flows there are, by id, and whether their live version is one to call when a card fails. */
  flows?: { id: string; name: string; callable: boolean }[];
}

/** A card as the checks see it. */
export interface CheckedCard {
  id: string;
  node: CardNode;
  title: string;
  /** Undefined when the catalogue does not know the card or only an older version of it. */
  description?: CardDescription;
  inputs: Fields;
  outputs: Fields;
  grown: GrownFields;
}

/** All the checks share: the cards looked up once, their order, and where issues go. */
export interface Checks {
  document: FlowDocument;
  cards: Map<string, CheckedCard>;
  order: FlowOrder;
  connections?: ValidateContext["connections"];
  flows?: ValidateContext["flows"];
  error: (code: string, message: string, place?: Place) => void;
  warn: (code: string, message: string, place?: Place) => void;
}

interface Place {
  card?: string;
  field?: string[];
}

/** Looks everything up once. Issues are pushed to `issues`. */
export function startChecks(
  document: FlowDocument,
  catalogue: Catalogue,
  context: ValidateContext,
  issues: FlowIssue[],
): Checks {
  const cards = new Map<string, CheckedCard>();
  for (const [id, node] of Object.entries(document.cards)) {
    cards.set(id, checkedCard(id, node, catalogue, context.grown?.(id) ?? {}));
  }
  const report = (severity: FlowIssue["severity"]) => (code: string, message: string, place?: Place) => {
    issues.push({ severity, code, message, ...place });
  };
  return {
    document,
    cards,
    order: flowOrder(
      document,
      (id) => cards.get(id)?.description?.kind === "event",
      (id) => decides(cards.get(id)),
    ),
    connections: context.connections,
    flows: context.flows,
    error: report("error"),
    warn: report("warning"),
  };
}

/** A card nobody knows may decide; control cards may also take no way out (Continue If), others may fail. */
function decides(card: CheckedCard | undefined): boolean {
  if (!card?.description || card.description.kind === "control") return true;
  return hasErrorWay(card.description, card.node);
}

function checkedCard(id: string, node: CardNode, catalogue: Catalogue, grown: GrownFields): CheckedCard {
  const known = catalogue.card(node.card);
  const title = cardTitle(node, known);
  if (!known || known.version < node.v) return { id, node, title, grown, inputs: {}, outputs: {} };
  return { id, node, title, grown, description: known, ...effectiveFields(known, node, grown) };
}

/** Card titles as they stand in a message: “Read User”, “If/Else” and “Suspend User”. */
export function quoted(titles: readonly string[]): string {
  const names = titles.map((title) => `“${title}”`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
