import type { ReactFlowInstance } from "@xyflow/react";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { CanvasEdge, CanvasNode } from "./flow-elements.ts";
import { firstCard } from "./neighbour.ts";

/** Below this, labels can't be read. */
const READABLE_ZOOM = 0.62;

/** Screen pixels left of the first card: the canvas' buttons stand there. */
const BUTTONS = 72;
const MARGIN = 32;

/** How the whole flow is brought into sight: beside the buttons, not under them. */
export const WHOLE_FLOW = {
  maxZoom: 1,
  padding: { left: `${BUTTONS}px`, right: `${MARGIN}px`, top: `${MARGIN}px`, bottom: `${MARGIN}px` },
} as const;

/** The whole flow where it fits readably; else its beginning. */
export function startView(
  flow: ReactFlowInstance<CanvasNode, CanvasEdge>,
  document: FlowDocument,
  frame: HTMLElement | null,
): void {
  const first = firstCard(document);
  // With nothing to fit, React Flow would fit the first card dropped in later, away from where it was dropped.
  if (first === undefined) return;
  const at = document.layout[first];
  const bounds = flow.getNodesBounds(flow.getNodes());
  const [width, height] = [frame?.clientWidth ?? 0, frame?.clientHeight ?? 0];
  const zoom = Math.min((width - BUTTONS - MARGIN) / bounds.width, (height - 2 * MARGIN) / bounds.height);
  if (!at || zoom >= READABLE_ZOOM) {
    flow.fitView(WHOLE_FLOW);
    return;
  }
  const scale = 0.8;
  flow.setViewport({ x: BUTTONS - at[0] * scale, y: height * 0.38 - at[1] * scale, zoom: scale });
}

/** The id of the line under a point of the screen. */
export function edgeUnder(x: number, y: number): string | undefined {
  for (const element of globalThis.document.elementsFromPoint(x, y)) {
    const edge = element.closest<SVGElement>(".react-flow__edge");
    if (edge) return edge.dataset.id;
  }
  return undefined;
}

/** True when a card, or a good part of it, is not in the canvas' view. */
export function isOutOfSight(frame: HTMLElement | null, id: string): boolean {
  const box = cardElement(frame, id)?.getBoundingClientRect();
  const around = frame?.getBoundingClientRect();
  if (!box || !around) return true;
  return (
    box.left < around.left || box.right > around.right || box.top < around.top || box.top > around.bottom - 60
  );
}

/** A card as it is drawn; undefined while it is out of sight, where React Flow draws nothing. */
export function cardElement(frame: HTMLElement | null, id: string): HTMLElement | undefined {
  return frame?.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`) ?? undefined;
}

/** Half a second on a fast screen: longer than the slowest machine took to draw a card the view had moved to. */
const FRAMES = 60;

/**
 * Gives the focus to something that is about to be drawn. One frame was not always enough: on a slow machine the view had
 * moved, its cards were not there yet, and the keyboard was left without a place.
 */
export function focusWhenDrawn(find: () => HTMLElement | undefined, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const element = find();
    if (element) element.focus({ preventScroll: true });
    else if (frames > 1) focusWhenDrawn(find, frames - 1);
  });
}

/** True where keys are text. */
export function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true]") !== null
  );
}
