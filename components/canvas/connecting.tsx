import type { Connection, FinalConnectionState } from "@xyflow/react";
import { useReactFlow } from "@xyflow/react";
import { useCallback, useState } from "react";
import { cardTitle } from "#lib/cards/card-title.ts";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import { type Drawn, drawMapping } from "#lib/editor/connect.ts";
import { nameOfRef } from "#lib/editor/sources.ts";
import type { Ref } from "#lib/flow/value.ts";
import type { FlowCanvasProps } from "./canvas-props.ts";
import type { CanvasEdge } from "./flow-elements.ts";
import { readHandleId } from "./handle-ids.ts";
import { InputMenu } from "./input-menu.tsx";
import { type HandlePair, readBodyDrop, readConnection } from "./read-connection.ts";

/** A mapping line let go over a card: which of its inputs was meant is still to be chosen. */
interface PendingDrop {
  ref: Ref;
  to: string;
  at: { x: number; y: number };
}

type Props = Pick<FlowCanvasProps, "document" | "catalogue" | "grownOf" | "onAddRequest"> & {
  act: (drawn: Drawn) => void;
};

/** What happens while a line is drawn and when it is let go: on a handle, on a card, or on the empty canvas. */
export function useConnecting({ document, catalogue, grownOf, onAddRequest, act }: Props) {
  const flow = useReactFlow();
  const [drop, setDrop] = useState<PendingDrop>();
  const read = useCallback(
    (pair: HandlePair) => readConnection(document, catalogue, pair, grownOf),
    [document, catalogue, grownOf],
  );
  const isValid = useCallback(
    (connection: Connection | CanvasEdge) =>
      read({
        source: connection.source,
        sourceHandle: connection.sourceHandle,
        target: connection.target,
        targetHandle: connection.targetHandle,
      }).ok,
    [read],
  );

  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.isValid || !state.fromHandle) return;
    const from = state.fromHandle;
    const screen = pointOf(event);
    const meaning = readHandleId(state.toHandle?.id);
    // On a handle that fits no such line: say why. On one of another sort, the card as a whole is meant.
    const fromMeaning = readHandleId(from.id);
    const sameSort =
      (fromMeaning?.kind === "output" && meaning?.kind === "input") ||
      (fromMeaning?.kind === "input" && meaning?.kind === "output") ||
      (fromMeaning?.kind === "exit" && meaning?.kind === "entry") ||
      (fromMeaning?.kind === "entry" && meaning?.kind === "exit");
    if (state.toHandle && sameSort) {
      const [source, target] = from.type === "source" ? [from, state.toHandle] : [state.toHandle, from];
      return act(
        read({
          source: source.nodeId,
          sourceHandle: source.id,
          target: target.nodeId,
          targetHandle: target.id,
        }),
      );
    }
    const card = cardUnder(screen);
    if (card) {
      const result = readBodyDrop(document, catalogue, { card: from.nodeId, handle: from.id }, card);
      if (result.kind === "drawn") act(result.drawn);
      if (result.kind === "choose-input") setDrop({ ref: result.ref, to: result.to, at: screen });
      return;
    }
    if (fromMeaning?.kind === "exit") {
      const { x, y } = flow.screenToFlowPosition(screen);
      onAddRequest?.({ after: { card: from.nodeId, out: fromMeaning.out }, at: [x, y - 26] }, screen);
    }
  };

  return { read, isValid, onConnectEnd, drop, endDrop: useCallback(() => setDrop(undefined), []) };
}

/** Asks which input was meant by a line dropped on a card. */
export function DropChooser(
  props: Omit<Props, "onAddRequest"> & { drop: PendingDrop | undefined; onClose: () => void },
) {
  const { document, catalogue, grownOf, drop, onClose, act } = props;
  const node = drop && document.cards[drop.to];
  const description = node && catalogue.card(node.card);
  if (!drop || !node || !description) return null;
  return (
    <InputMenu
      at={drop.at}
      title={cardTitle(node, description)}
      inputs={effectiveFields(description, node, grownOf?.(drop.to)).inputs}
      from={nameOfRef(document, catalogue, drop.ref, grownOf).field}
      onChoose={(path) => {
        act(drawMapping(document, catalogue, { ref: drop.ref, to: drop.to, path }, grownOf));
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function cardUnder({ x, y }: { x: number; y: number }): string | undefined {
  for (const element of globalThis.document.elementsFromPoint(x, y)) {
    const node = element.closest<HTMLElement>(".react-flow__node");
    if (node) return node.dataset.id;
  }
  return undefined;
}

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}
