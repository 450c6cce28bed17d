import { createContext, useContext } from "react";
import type { Edge } from "#lib/flow/document.ts";

/** What cards and lines on the canvas can ask for. Stable while the canvas is open, so that no card renders for it. */
export interface CanvasActions {
  readOnly: boolean;
  toggleRow: (cardId: string, side: "input" | "output", key: string, expanded: boolean) => void;
  toggleAll: (cardId: string, side: "input" | "output") => void;
  clearInput: (cardId: string, path: string[]) => void;
  insertInto: (edge: Edge, screen: { x: number; y: number }) => void;
  removeEdge: (edge: Edge) => void;
  setNote: (cardId: string, text: string) => void;
  endNote: () => void;
}

const nothing = () => {};

const CanvasActionsContext = createContext<CanvasActions>({
  readOnly: true,
  toggleRow: nothing,
  toggleAll: nothing,
  clearInput: nothing,
  insertInto: nothing,
  removeEdge: nothing,
  setNote: nothing,
  endNote: nothing,
});

export const CanvasActionsProvider = CanvasActionsContext.Provider;

export function useCanvasActions(): CanvasActions {
  return useContext(CanvasActionsContext);
}
