import { z } from "zod";
import { withLanes } from "./apply.ts";
import {
  type CardNode,
  CURRENT_FORMAT,
  cardNodeSchema,
  edgeSchema,
  type FlowDocument,
  idSchema,
  type Position,
  positionSchema,
} from "./document.ts";
import { newCardId } from "./new-id.ts";
import type { Operation, SimpleOperation } from "./operations.ts";
import { refsInCard } from "./references.ts";
import { shapeProblem } from "./shape-guard.ts";
import { mapRefs } from "./value-edits.ts";

/** Cards taken out of a flow, as they lie in the clipboard. */
const clipSchema = z.strictObject({
  flowdeck: z.literal("cards"),
  format: z.literal(CURRENT_FORMAT),
  cards: z.record(idSchema, cardNodeSchema),
  /** Edges between these cards only. */
  edges: z.array(edgeSchema),
  layout: z.record(idSchema, positionSchema),
  /** Cards outside that these refer to or stand in, by id, with their catalogue ids. */
  outside: z.record(idSchema, z.string()),
});

export type Clip = z.infer<typeof clipSchema>;

/** More cards than this are no selection a person made. */
const MAX_CARDS = 2000;

/** The cards with all that stand in their lanes, the edges between them and their places. */
export function copyCards(document: FlowDocument, ids: readonly string[]): Clip {
  const chosen = withLanes(document, ids);
  const cards = Object.fromEntries(Object.entries(document.cards).filter(([id]) => chosen.has(id)));
  const outside = new Set(
    Object.values(cards).flatMap((node) => [
      ...refsInCard(node).map(({ ref }) => ref[0]),
      ...(node.parent ? [node.parent.card] : []),
    ]),
  );
  return {
    flowdeck: "cards",
    format: CURRENT_FORMAT,
    cards,
    edges: document.edges.filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => Object.hasOwn(cards, id))),
    outside: Object.fromEntries(
      Object.entries(document.cards).flatMap(([id, { card }]) =>
        outside.has(id) && !Object.hasOwn(cards, id) ? [[id, card]] : [],
      ),
    ),
  };
}

/** A clip from clipboard text; null when the text is anything else, however hostile. */
export function parseClip(text: string): Clip | null {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return null;
  }
  if (shapeProblem(input)) return null;
  const parsed = clipSchema.safeParse(input);
  return parsed.success && Object.keys(parsed.data.cards).length <= MAX_CARDS ? parsed.data : null;
}

/**
 * One step of undo that puts a clip into a flow under new ids, its top left corner at `at`. References inside the clip
 * follow their cards. One to a card outside stays where the flow has that card, of the same kind, and it may come
 * before the pasted one (it does not stand inside another lane); else it is dropped.
 *
 * @param taken ids the new cards must not get besides those in use; see `newCardId`
 */
export function pasteClip(
  document: FlowDocument,
  clip: Clip,
  at: Position,
  taken: Iterable<string> = [],
): Extract<Operation, { op: "batch" }> {
  const newIds = assignIds(document, clip, taken);
  const corner = cornerOf(clip);
  const operations: SimpleOperation[] = [];
  for (const [id, node] of Object.entries(clip.cards)) {
    const newId = newIds.get(id);
    if (newId === undefined) continue;
    const [x, y] = clip.layout[id] ?? corner;
    operations.push({
      op: "addCard",
      id: newId,
      node: pasted(document, clip, node, newIds),
      at: [at[0] + x - corner[0], at[1] + y - corner[1]],
    });
  }
  for (const { from, out, to } of clip.edges) {
    const [newFrom, newTo] = [newIds.get(from), newIds.get(to)];
    if (newFrom === undefined || newTo === undefined || newFrom === newTo) continue;
    operations.push({ op: "connect", edge: { from: newFrom, out, to: newTo } });
  }
  return { op: "batch", operations };
}

function assignIds(document: FlowDocument, clip: Clip, taken: Iterable<string>): Map<string, string> {
  const newIds = new Map<string, string>();
  const first = newCardId(document, taken);
  let next = Number(first.slice(1));
  for (const id of Object.keys(clip.cards)) newIds.set(id, `c${next++}`);
  return newIds;
}

function cornerOf(clip: Clip): Position {
  const places = Object.entries(clip.layout).flatMap(([id, place]) =>
    Object.hasOwn(clip.cards, id) ? [place] : [],
  );
  if (places.length === 0) return [0, 0];
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}

function pasted(document: FlowDocument, clip: Clip, node: CardNode, newIds: Map<string, string>): CardNode {
  const parent = newParent(document, clip, node, newIds);
  const lanes = parent ? lanesAround(document, clip, node) : new Set<string>();
  const mapped = mapRefs(node, (ref) => {
    const [card, ...path] = ref;
    const newId = newIds.get(card);
    if (newId !== undefined) return [newId, ...path];
    if (!isSameOutside(document, clip, card)) return null;
    const around = document.cards[card]?.parent;
    return !around || lanes.has(laneName(around)) ? ref : null;
  });
  const { parent: _, ...rest } = mapped;
  return parent ? { ...rest, parent } : rest;
}

function newParent(
  document: FlowDocument,
  clip: Clip,
  { parent }: CardNode,
  newIds: Map<string, string>,
): CardNode["parent"] {
  if (!parent) return undefined;
  const newId = newIds.get(parent.card);
  if (newId !== undefined) return { ...parent, card: newId };
  return isSameOutside(document, clip, parent.card) ? parent : undefined;
}

/** Names of the flow's lanes a pasted card stands in, through parents in the clip and beyond. */
function lanesAround(document: FlowDocument, clip: Clip, node: CardNode): Set<string> {
  const lanes = new Set<string>();
  let parent = node.parent;
  // A lane seen twice means containers that stand inside each other, which only garbage has.
  while (parent && !lanes.has(laneName(parent))) {
    lanes.add(laneName(parent));
    const container: CardNode | undefined = clip.cards[parent.card] ?? document.cards[parent.card];
    parent = container?.parent;
  }
  return lanes;
}

function laneName(parent: NonNullable<CardNode["parent"]>): string {
  return `${parent.card}/${parent.lane}`;
}

function isSameOutside(document: FlowDocument, clip: Clip, id: string): boolean {
  if (!Object.hasOwn(clip.outside, id) || !Object.hasOwn(document.cards, id)) return false;
  return document.cards[id]?.card === clip.outside[id];
}
