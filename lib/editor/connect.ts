import { cardTitle } from "../cards/card-title.ts";
import { conversionBetween } from "../cards/conversion-note.ts";
import { effectiveFields, fieldAt } from "../cards/effective-fields.ts";
import { ERROR_EXIT, ERROR_OUTPUT, exitsOf } from "../cards/exits.ts";
import type { Catalogue } from "../cards/registry.ts";
import { sameEdge } from "../flow/apply.ts";
import type { Edge, FlowDocument } from "../flow/document.ts";
import { type FlowOrder, flowOrder, laneOf } from "../flow/flow-order.ts";
import type { Operation, SimpleOperation } from "../flow/operations.ts";
import type { Ref } from "../flow/value.ts";
import { type GrownOf, isEvent, nameOfRef } from "./sources.ts";

/** A line somebody draws either becomes an operation or is refused with a sentence that says why. */
export type Drawn = { ok: true; operation: Operation; note?: string } | { ok: false; message: string };

/** The order of a document's cards, as the rules here need it. */
export function orderOf(document: FlowDocument, catalogue: Catalogue): FlowOrder {
  return flowOrder(document, (id) => isEvent(document, catalogue, id));
}

/** Sets the order of two cards: `edge.to` runs after `edge.from`. */
export function drawOrder(document: FlowDocument, catalogue: Catalogue, edge: Edge): Drawn {
  const problem = orderProblem(document, catalogue, orderOf(document, catalogue), edge);
  return problem ? { ok: false, message: problem } : { ok: true, operation: { op: "connect", edge } };
}

function orderProblem(
  document: FlowDocument,
  catalogue: Catalogue,
  order: FlowOrder,
  edge: Edge,
): string | undefined {
  const [from, to] = [document.cards[edge.from], document.cards[edge.to]];
  if (!from || !to) return "That card is no longer there.";
  const target = catalogue.card(to.card);
  const source = catalogue.card(from.card);
  const [fromTitle, toTitle] = [cardTitle(from, source), cardTitle(to, target)];
  if (edge.from === edge.to) return "A card can't come after itself.";
  if (target?.kind === "event") return `“${toTitle}” starts the flow; nothing can come before it.`;
  if (target?.kind === "note" || source?.kind === "note") return "Notes take no part in the flow.";
  if (source && !exitsOf(source, from).some((exit) => exit.id === edge.out))
    return `Nothing comes after “${fromTitle}”.`;
  if (document.edges.some((existing) => sameEdge(existing, edge)))
    return `“${toTitle}” comes after “${fromTitle}” already.`;
  if (laneOf(document, edge.from) !== laneOf(document, edge.to))
    return `“${fromTitle}” and “${toTitle}” don't stand on the same level.`;
  if (order.comesBefore(edge.to, edge.from))
    return `“${toTitle}” comes before “${fromTitle}”: a flow can't go in a circle.`;
  return undefined;
}

/**
 * Maps the output `ref` points to into the input at `path` of card `to`. Where the source does not come before that
 * card yet, the line that makes it so is drawn as well, as one step of undo.
 */
export function drawMapping(
  document: FlowDocument,
  catalogue: Catalogue,
  mapping: { ref: Ref; to: string; path: string[] },
  grownOf?: GrownOf,
): Drawn {
  const { ref, to, path } = mapping;
  const node = document.cards[to];
  const description = node && catalogue.card(node.card);
  const field =
    node && description && fieldAt(effectiveFields(description, node, grownOf?.(to)).inputs, path);
  if (!node || !field) return { ok: false, message: "That field is no longer there." };
  const name = nameOfRef(document, catalogue, ref, grownOf);
  if (name.field) {
    const { kind, note } = conversionBetween(name.field, field);
    if (kind === "impossible")
      return {
        ok: false,
        message: `${name.labels.at(-1) ?? name.card} can't fill ${field.label}. ${note ?? ""}`.trim(),
      };
  }
  const setInput: SimpleOperation = { op: "setInput", id: to, path, value: { ref } };
  const order = orderOf(document, catalogue);
  if (order.comesBefore(ref[0], to)) return { ok: true, operation: setInput };
  const edge = edgeBetween(document, catalogue, order, ref, to);
  if (typeof edge === "string") return { ok: false, message: edge };
  return {
    ok: true,
    operation: { op: "batch", operations: [{ op: "connect", edge }, setInput] },
    note: `“${cardTitle(node, description)}” now runs after “${name.card}”.`,
  };
}

/** The line that makes `to` come after the card `ref` points into, or why it can't be drawn. */
function edgeBetween(
  document: FlowDocument,
  catalogue: Catalogue,
  order: FlowOrder,
  [from, output]: Ref,
  to: string,
): Edge | string {
  const node = document.cards[from];
  const source = catalogue.card(node?.card ?? "");
  const title = cardTitle(node ?? { card: from }, source);
  // What a card says of its failure is there on its error way only, all else never.
  const exits = node && source ? exitsOf(source, node) : [];
  const [exit, ...others] = exits.filter(({ id }) => (id === ERROR_EXIT.id) === (output === ERROR_OUTPUT));
  if (!exit) return `Nothing comes after “${title}”.`;
  if (others.length > 0)
    return `“${title}” doesn't come before this card: draw a line from one of its ways out first.`;
  const edge = { from, out: exit.id, to };
  return orderProblem(document, catalogue, order, edge) ?? edge;
}
