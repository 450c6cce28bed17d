import type { Edge, FlowDocument, Position } from "../flow/document.ts";

/** Distance between neighbouring cards, in canvas pixels: wider and higher than most cards are. */
export const COLUMN = 380;
export const ROW = 240;
/** Positions snap to this grid. */
export const GRID = 20;

/** The nearest point of the grid. */
export function snapped([x, y]: Position): Position {
  return [Math.round(x / GRID) * GRID, Math.round(y / GRID) * GRID];
}

/** A free place right of `after`, below what already stands there; right of everything where no card is named. */
export function placeAfter(document: FlowDocument, after: string | undefined): Position {
  const from = after === undefined ? undefined : document.layout[after];
  const places = Object.values(document.layout);
  if (!from) {
    if (places.length === 0) return [0, 0];
    return [Math.max(...places.map(([x]) => x)) + COLUMN, Math.min(...places.map(([, y]) => y))];
  }
  return freePlace(document, [from[0] + COLUMN, from[1]]);
}

/** The given place, or the first free one below it. */
export function freePlace(document: FlowDocument, [x, y]: Position): Position {
  const taken = (at: number) =>
    Object.values(document.layout).some(
      ([otherX, otherY]) => Math.abs(otherX - x) < COLUMN - GRID && Math.abs(otherY - at) < ROW - GRID,
    );
  let free = y;
  while (taken(free)) free += ROW;
  return snapped([x, free]);
}

/** What has to move right so that a card fits into the middle of a line. */
export function makeRoom(
  document: FlowDocument,
  edge: Edge,
): { at: Position; moved: Record<string, Position> } {
  const from = document.layout[edge.from] ?? [0, 0];
  const to = document.layout[edge.to] ?? [from[0] + COLUMN, from[1]];
  const at: Position = [from[0] + COLUMN, Math.round((from[1] + to[1]) / 2)];
  const shift = at[0] + COLUMN - to[0];
  if (shift <= 0) return { at: snapped(at), moved: {} };
  const behind = cardsBehind(document, edge.to);
  const moved = Object.fromEntries(
    [...behind].flatMap((id) => {
      const place = document.layout[id];
      return place ? [[id, snapped([place[0] + shift, place[1]])] as const] : [];
    }),
  );
  return { at: snapped(at), moved };
}

function cardsBehind(document: FlowDocument, id: string): Set<string> {
  const behind = new Set([id]);
  for (const card of behind) for (const edge of document.edges) if (edge.from === card) behind.add(edge.to);
  return behind;
}
