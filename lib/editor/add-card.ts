import type { CardDescription } from "../cards/card.ts";
import { exitsOf } from "../cards/exits.ts";
import type { Catalogue } from "../cards/registry.ts";
import type { CardNode, Edge, FlowDocument, Position } from "../flow/document.ts";
import type { SimpleOperation } from "../flow/operations.ts";
import { freePlace, makeRoom, placeAfter, snapped } from "./placement.ts";

/** Where a new card goes. */
export interface AddAt {
  /** Canvas position; a free one is chosen where it is missing. */
  at?: Position;
  /** The card (and way out) it follows. Without a way out, the first one nothing follows yet. */
  after?: { card: string; out?: string };
  /** The line it is put into. */
  into?: Edge;
}

/** Connections of the instance, as far as a new card needs them. */
export type KnownConnections = readonly { alias: string; connector: string }[];

/**
 * The operations that add a card: the card itself with its connection where only one can be meant, its place, and the
 * lines to its neighbours.
 *
 * @param id a fresh id
 */
export function addCardOperations(
  document: FlowDocument,
  catalogue: Catalogue,
  request: { id: string; description: CardDescription; connections: KnownConnections; where: AddAt },
): SimpleOperation[] {
  const { id, description, connections, where } = request;
  const node = newNode(description, connections);
  const takesPart = description.kind !== "event" && description.kind !== "note";
  if (where.into && takesPart) return insertInto(document, id, node, description, where.into);
  const edge = where.after && takesPart ? edgeTo(document, catalogue, where.after, id) : undefined;
  const at = where.at ? snapped(where.at) : freeSpot(document, description, where);
  return [{ op: "addCard", id, node, at }, ...(edge ? [{ op: "connect", edge } as const] : [])];
}

function freeSpot(document: FlowDocument, description: CardDescription, where: AddAt): Position {
  if (description.kind !== "event") return placeAfter(document, where.after?.card);
  const places = Object.values(document.layout);
  if (places.length === 0) return [0, 0];
  return freePlace(document, [
    Math.min(...places.map(([x]) => x)) - 380,
    Math.min(...places.map(([, y]) => y)),
  ]);
}

function newNode(description: CardDescription, connections: KnownConnections): CardNode {
  const node: CardNode = { card: description.id, v: description.version };
  if (!description.needsConnection) return node;
  const fitting = connections.filter((connection) => connection.connector === description.connector);
  const [only, ...others] = fitting;
  return only && others.length === 0 ? { ...node, connection: only.alias } : node;
}

function insertInto(
  document: FlowDocument,
  id: string,
  node: CardNode,
  description: CardDescription,
  edge: Edge,
): SimpleOperation[] {
  const { at, moved } = makeRoom(document, edge);
  const exit = description.exits[0];
  return [
    { op: "addCard", id, node, at },
    ...(Object.keys(moved).length > 0 ? [{ op: "move", positions: moved } as const] : []),
    { op: "disconnect", edge },
    { op: "connect", edge: { ...edge, to: id } },
    ...(exit ? [{ op: "connect", edge: { from: id, out: exit.id, to: edge.to } } as const] : []),
  ];
}

function edgeTo(
  document: FlowDocument,
  catalogue: Catalogue,
  after: { card: string; out?: string },
  id: string,
): Edge | undefined {
  const node = document.cards[after.card];
  const description = catalogue.card(node?.card ?? "");
  const exits = node && description ? exitsOf(description, node) : [];
  const used = new Set(document.edges.filter((edge) => edge.from === after.card).map((edge) => edge.out));
  const out = after.out ?? exits.find((exit) => !used.has(exit.id))?.id ?? exits[0]?.id;
  return out === undefined ? undefined : { from: after.card, out, to: id };
}
