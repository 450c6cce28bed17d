import type { CardNode, Edge, FlowDocument } from "./document.ts";
import type { Operation, SimpleOperation } from "./operations.ts";
import { dropRefs, setAtPath } from "./value-edits.ts";

/** An operation that does not fit the document it is applied to. Nothing was changed. */
export class OperationError extends Error {
  override name = "OperationError";
}

/**
 * The document after an operation. The given one stays as it is, and parts an operation does not touch are shared, so
 * comparing by identity tells what changed.
 * @throws OperationError when the operation names a card, way out or place that is not there (or already is).
 */
export function apply(document: FlowDocument, operation: Operation): FlowDocument {
  return operation.op === "batch"
    ? operation.operations.reduce(applySimple, document)
    : applySimple(document, operation);
}

function applySimple(document: FlowDocument, operation: SimpleOperation): FlowDocument {
  switch (operation.op) {
    case "rename":
      return { ...document, name: operation.name };
    case "describe":
      return { ...document, description: operation.description || undefined };
    case "addCard":
      return addCard(document, operation.id, operation.node, operation.at);
    case "removeCards":
      return removeCards(document, operation.ids);
    case "setTitle":
      return changeCard(document, operation.id, (card) => ({ ...card, title: operation.title || undefined }));
    case "setConnection":
      return changeCard(document, operation.id, (card) => ({
        ...card,
        connection: operation.connection ?? undefined,
      }));
    case "setOption":
      return changeCard(document, operation.id, (card) => ({
        ...card,
        options: { ...card.options, [operation.option]: operation.value },
      }));
    case "setInput":
      return changeCard(document, operation.id, (card) => ({
        ...card,
        inputs: setAtPath(card.inputs ?? {}, operation.path, operation.value),
      }));
    case "setOnError":
      return changeCard(document, operation.id, (card) => ({
        ...card,
        onError: operation.onError ?? undefined,
      }));
    case "connect":
      return connect(document, operation.edge);
    case "disconnect":
      return { ...document, edges: document.edges.filter((edge) => !sameEdge(edge, operation.edge)) };
    case "move":
      return move(document, operation.positions);
  }
}

function changeCard(document: FlowDocument, id: string, change: (card: CardNode) => CardNode): FlowDocument {
  const card = document.cards[id];
  if (!card) throw new OperationError(`There is no card "${id}" in this flow.`);
  return { ...document, cards: { ...document.cards, [id]: change(card) } };
}

function addCard(document: FlowDocument, id: string, node: CardNode, at: [number, number]): FlowDocument {
  if (document.cards[id]) throw new OperationError(`There is a card "${id}" in this flow already.`);
  return {
    ...document,
    cards: { ...document.cards, [id]: node },
    layout: { ...document.layout, [id]: at },
  };
}

function removeCards(document: FlowDocument, ids: string[]): FlowDocument {
  const gone = new Set(ids);
  const cards: FlowDocument["cards"] = {};
  for (const [id, card] of Object.entries(document.cards)) {
    if (gone.has(id) || (card.parent && gone.has(card.parent.card))) gone.add(id);
    else cards[id] = card;
  }
  for (const [id, card] of Object.entries(cards)) cards[id] = dropRefs(card, gone);
  return {
    ...document,
    cards,
    edges: document.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))),
  };
}

function connect(document: FlowDocument, edge: Edge): FlowDocument {
  if (!document.cards[edge.from]) throw new OperationError(`There is no card "${edge.from}" to draw from.`);
  if (!document.cards[edge.to]) throw new OperationError(`There is no card "${edge.to}" to draw to.`);
  if (edge.from === edge.to) throw new OperationError("A card can't come after itself.");
  if (document.edges.some((existing) => sameEdge(existing, edge))) return document;
  return { ...document, edges: [...document.edges, edge] };
}

function move(document: FlowDocument, positions: Record<string, [number, number]>): FlowDocument {
  const known = Object.entries(positions).filter(([id]) => document.cards[id]);
  return { ...document, layout: { ...document.layout, ...Object.fromEntries(known) } };
}

/** True when two edges join the same cards by the same way out. */
export function sameEdge(a: Edge, b: Edge): boolean {
  return a.from === b.from && a.out === b.out && a.to === b.to;
}
