import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { CanvasHandle } from "#components/canvas/flow-canvas.tsx";
import type { FlowView } from "#lib/api/flows.ts";
import type { AddAt } from "#lib/editor/add-card.ts";
import type { Editor, EditorState } from "#lib/editor/editor-store.ts";
import type { GrownOf } from "#lib/editor/sources.ts";

/** What the parts of the builder share. The parts that change often live in the editor's store. */
export interface BuilderContext {
  editor: Editor;
  /** What the server knows of the flow besides its draft: on, live version, unpublished changes. */
  flow: FlowView;
  setFlow: (flow: FlowView) => void;
  /** The account may look at the flow and not change it. */
  readOnly: boolean;
  grownOf: GrownOf;
  canvas: () => CanvasHandle | undefined;
  /** Adds a card of the catalogue and selects it. */
  addCard: (cardType: string, where: AddAt) => void;
  /** Selects a card, brings it into view, and puts the focus on one of its fields where a path is given. */
  goTo: (cardId: string, field?: readonly string[]) => void;
  say: (message: string, kind: "refused" | "done") => void;
  /** Saves what is unsaved; false (and a message) when that is not possible now. */
  settle: () => Promise<boolean>;
}

const Context = createContext<BuilderContext | undefined>(undefined);

export const BuilderProvider = Context.Provider;

/** @throws Error outside of a builder. */
export function useBuilder(): BuilderContext {
  const context = useContext(Context);
  if (!context) throw new Error("This part belongs inside a builder.");
  return context;
}

/** A slice of the editor's state. The selector must return the same value while nothing changed. */
export function useEditorState<T>(selector: (state: EditorState) => T): T {
  return useStore(useBuilder().editor.store, selector);
}
