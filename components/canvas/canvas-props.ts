import type { ReactNode } from "react";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { AddAt } from "#lib/editor/add-card.ts";
import type { Selection } from "#lib/editor/editor-store.ts";
import type { GrownOf } from "#lib/editor/sources.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import type { Operation } from "#lib/flow/operations.ts";
import type { CardStatus } from "./card-status.ts";

/** What the page around the canvas can do with it. */
export interface CanvasHandle {
  /** Brings a card into the middle of the view and gives it the focus. */
  show: (cardId: string) => void;
  fit: () => void;
  /** Moves the view only if the card is not in sight; the focus stays. */
  reveal: (cardId: string) => void;
  /** The canvas position in the middle of what is seen. */
  middle: () => { x: number; y: number };
}

export interface FlowCanvasProps {
  document: FlowDocument;
  catalogue: Catalogue;
  issues?: readonly FlowIssue[];
  /** Fields the connections add to a card. Must be stable between renders that change none. */
  grownOf?: GrownOf;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  /** Nothing can be changed; cards can still be selected and read. */
  readOnly?: boolean;
  /** An execution laid over the cards. Must be stable between renders that change none. */
  statusOf?: (cardId: string) => CardStatus | undefined;
  /** An edit made on the canvas. `join`: edits of the same name are one step of undo. */
  onEdit?: (operation: Operation, options?: { join?: string }) => void;
  /** Ends a step of undo. */
  onSeal?: () => void;
  /** Something to tell: why a line was refused, what was done on the side. */
  onMessage?: (message: string, kind: "refused" | "done") => void;
  /** A card is to be chosen for this place. `screen` is where the pointer is. */
  onAddRequest?: (where: AddAt, screen: { x: number; y: number }) => void;
  /** A card was dragged in from the palette. */
  onDropCard?: (cardType: string, where: AddAt) => void;
  /** Enter or a double click on a card. */
  onOpen?: (cardId: string) => void;
  onReady?: (canvas: CanvasHandle) => void;
  /** Shown in the middle while there are no cards. */
  empty?: ReactNode;
  /** What the canvas is called for a screen reader. */
  label?: string;
}
