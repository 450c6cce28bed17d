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
 * Removing, disconnecting or moving what is not there changes nothing, so that two people may remove the same card.
 * @throws OperationError when the operation changes or joins a card that is not there, or adds one that is.
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
    case "setSettings":
      return {
        ...document,
        settings: Object.keys(operation.settings).length > 0 ? operation.settings : undefined,
      };
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
      return disconnect(document, operation.edge);
    case "move":
      return move(document, operation.positions);
  }
}

/** Own cards only: every object has a "constructor", which is no card. */
function hasCard(document: FlowDocument, id: string): boolean {
  return Object.hasOwn(document.cards, id);
}

function changeCard(document: FlowDocument, id: string, change: (card: CardNode) => CardNode): FlowDocument {
  const card = hasCard(document, id) ? document.cards[id] : undefined;
  if (!card) throw new OperationError(`There is no card "${id}" in this flow.`);
  return { ...document, cards: { ...document.cards, [id]: change(card) } };
}

function addCard(document: FlowDocument, id: string, node: CardNode, at: [number, number]): FlowDocument {
  if (hasCard(document, id)) throw new OperationError(`There is a card "${id}" in this flow already.`);
  return {
    ...document,
    cards: { ...document.cards, [id]: node },
    layout: { ...document.layout, [id]: at },
  };
}

function removeCards(document: FlowDocument, ids: string[]): FlowDocument {
  const gone = withLanes(document, ids);
  if (!Object.keys(document.cards).some((id) => gone.has(id))) return document;
  const kept = Object.entries(document.cards).filter(([id]) => !gone.has(id));
  return {
    ...document,
    cards: Object.fromEntries(kept.map(([id, card]) => [id, dropRefs(card, gone)])),
    edges: document.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))),
  };
}

/** The cards with all that stand in their lanes, at any depth and in whatever order the document holds them. */
export function withLanes(document: FlowDocument, ids: readonly string[]): Set<string> {
  const inside = new Map<string, string[]>();
  for (const [id, { parent }] of Object.entries(document.cards)) {
    if (parent) inside.set(parent.card, [...(inside.get(parent.card) ?? []), id]);
  }
  const all = new Set(ids);
  // A set walked while it grows gives the added ones too.
  for (const id of all) for (const child of inside.get(id) ?? []) all.add(child);
  return all;
}

function connect(document: FlowDocument, edge: Edge): FlowDocument {
  if (!hasCard(document, edge.from))
    throw new OperationError(`There is no card "${edge.from}" to draw from.`);
  if (!hasCard(document, edge.to)) throw new OperationError(`There is no card "${edge.to}" to draw to.`);
  if (edge.from === edge.to) throw new OperationError("A card can't come after itself.");
  if (document.edges.some((existing) => sameEdge(existing, edge))) return document;
  return { ...document, edges: [...document.edges, edge] };
}

function disconnect(document: FlowDocument, edge: Edge): FlowDocument {
  const edges = document.edges.filter((existing) => !sameEdge(existing, edge));
  return edges.length === document.edges.length ? document : { ...document, edges };
}

function move(document: FlowDocument, positions: Record<string, [number, number]>): FlowDocument {
  const known = Object.entries(positions).filter(([id]) => hasCard(document, id));
  if (known.length === 0) return document;
  return { ...document, layout: { ...document.layout, ...Object.fromEntries(known) } };
}

/** True when two edges join the same cards by the same way out. */
export function sameEdge(a: Edge, b: Edge): boolean {
  return a.from === b.from && a.out === b.out && a.to === b.to;
}
