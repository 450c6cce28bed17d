import type { FlowDocument } from "#lib/flow/document.ts";

export type Direction = "left" | "right" | "up" | "down";

/**
 * The card an arrow key leads to: right follows a line onwards, left follows one back, up and down go to the next card
 * above or below. Where no line leads on, the nearest card on that side. Undefined at the edge of the flow.
 */
export function neighbour(document: FlowDocument, from: string, direction: Direction): string | undefined {
  const along =
    direction === "right"
      ? document.edges.filter((edge) => edge.from === from).map((edge) => edge.to)
      : direction === "left"
        ? document.edges.filter((edge) => edge.to === from).map((edge) => edge.from)
        : [];
  return nearestTo(document, from, along) ?? nearestTo(document, from, onSide(document, from, direction));
}

/** The card arrows and Tab start from where none is selected: the leftmost, then the topmost. */
export function firstCard(document: FlowDocument): string | undefined {
  return Object.keys(document.cards).sort((a, b) => {
    const [[ax, ay], [bx, by]] = [at(document, a), at(document, b)];
    return ax - bx || ay - by;
  })[0];
}

function onSide(document: FlowDocument, from: string, direction: Direction): string[] {
  const [x, y] = at(document, from);
  return Object.keys(document.cards).filter((id) => {
    const [dx, dy] = [at(document, id)[0] - x, at(document, id)[1] - y];
    if (direction === "right") return dx > Math.abs(dy);
    if (direction === "left") return -dx > Math.abs(dy);
    return direction === "down"
      ? dy > 0 && Math.abs(dx) <= Math.abs(dy) * 2
      : dy < 0 && Math.abs(dx) <= Math.abs(dy) * 2;
  });
}

function nearestTo(document: FlowDocument, from: string, ids: string[]): string | undefined {
  const [x, y] = at(document, from);
  const distance = (id: string) => Math.hypot(at(document, id)[0] - x, at(document, id)[1] - y);
  return ids.filter((id) => document.cards[id] && id !== from).sort((a, b) => distance(a) - distance(b))[0];
}

function at(document: FlowDocument, id: string): readonly [number, number] {
  return document.layout[id] ?? [0, 0];
}
