import { createStore, type StoreApi } from "zustand/vanilla";
import type { GrownFields } from "../cards/effective-fields.ts";
import type { Catalogue } from "../cards/registry.ts";
import { validate } from "../cards/validate.ts";
import { apply, OperationError } from "../flow/apply.ts";
import { type Clip, copyCards, pasteClip } from "../flow/copy.ts";
import type { Edge, FlowDocument, Position } from "../flow/document.ts";
import type { FlowIssue } from "../flow/issue.ts";
import type { Operation } from "../flow/operations.ts";
import { type Autosave, createAutosave, type SavePort, type SaveState } from "./autosave.ts";
import * as history from "./history.ts";
import { GRID, snapped } from "./placement.ts";

/** What is selected: any number of cards, or one line. */
export interface Selection {
  cards: readonly string[];
  edge?: Edge;
}

export const NOTHING_SELECTED: Selection = { cards: [] };

export interface EditorState {
  document: FlowDocument;
  history: history.History;
  selection: Selection;
  issues: readonly FlowIssue[];
  save: SaveState;
  clip?: Clip;
  /** Fields the connections add, by card id. */
  grown: Readonly<Record<string, GrownFields>>;
  connections: readonly { alias: string; connector: string }[] | undefined;
}

export interface Editor {
  store: StoreApi<EditorState>;
  autosave: Autosave;
  catalogue: Catalogue;
  /**
   * Applies one operation as a step of undo, selecting what is given. With `join`, edits that carry the same name shortly after one another are
   * one step. False when it does not fit the document any more (its card was just removed): nothing changed.
   */
  edit: (operation: Operation, options?: { join?: string; select?: Selection }) => boolean;
  /** Ends a step of undo, for example when a field loses the focus. */
  seal: () => void;
  undo: () => void;
  redo: () => void;
  select: (selection: Selection) => void;
  /** Removes the selected cards, or the selected line. */
  removeSelected: () => void;
  copy: () => Clip | undefined;
  /** Puts copied cards in, selected; `clip` where they come from another tab. */
  paste: (clip?: Clip, at?: Position) => void;
  duplicate: () => void;
  setGrown: (cardId: string, grown: GrownFields) => void;
  setConnections: (connections: { alias: string; connector: string }[]) => void;
  /** The server's draft is now this one (loaded again, restored, taken over in a conflict). Can be undone. */
  adopt: (draft: { revision: number; document: FlowDocument }) => void;
  dispose: () => void;
}

/** The state of one open builder. Each page makes its own; there is no global one. */
export function createEditor(options: {
  draft: { revision: number; document: FlowDocument };
  catalogue: Catalogue;
  save: SavePort;
  now: () => number;
  /** Looking only: nothing changes the document, whoever asks. */
  readOnly?: boolean;
}): Editor {
  const { catalogue, now, readOnly = false } = options;
  const store = createStore<EditorState>()(() => ({
    document: options.draft.document,
    history: history.startHistory(options.draft.document),
    selection: NOTHING_SELECTED,
    issues: validate(options.draft.document, catalogue),
    save: { status: "saved" },
    grown: {},
    connections: undefined,
  }));
  const autosave = createAutosave({
    save: options.save,
    initial: options.draft,
    onState: (save) => store.setState({ save }),
  });
  const get = store.getState;

  const issuesOf = (document: FlowDocument, state: EditorState): FlowIssue[] =>
    validate(document, catalogue, {
      grown: (id) => state.grown[id] ?? {},
      connections: state.connections ? [...state.connections] : undefined,
    });

  function show(next: history.History, selection?: Selection): void {
    const state = get();
    const document = next.present;
    store.setState({
      history: next,
      document,
      selection: existing(selection ?? state.selection, document),
      issues: sameForIssues(document, state.document) ? state.issues : issuesOf(document, state),
    });
  }

  function change(next: history.History, selection?: Selection): void {
    if (readOnly) return;
    if (next.present === get().document && !selection) {
      store.setState({ history: next });
      return;
    }
    show(next, selection);
    autosave.changed(next.present);
  }

  function edit(operation: Operation, how: { join?: string; select?: Selection } = {}): boolean {
    const document = readOnly ? undefined : tryApply(get().document, operation);
    if (!document) return false;
    change(history.record(get().history, document, now(), how.join), how.select);
    return true;
  }

  function paste(clip = get().clip, at?: Position): void {
    if (!clip) return;
    const places = Object.values(clip.layout);
    const beside: Position = [
      Math.min(...places.map(([x]) => x)) + GRID * 2,
      Math.min(...places.map(([, y]) => y)) + GRID * 2,
    ];
    const operation = pasteClip(get().document, clip, snapped(at ?? (places.length > 0 ? beside : [0, 0])));
    const ids = operation.operations.flatMap((each) => (each.op === "addCard" ? [each.id] : []));
    edit(operation, { select: { cards: ids } });
  }

  return {
    store,
    autosave,
    catalogue,
    edit,
    seal: () => store.setState({ history: history.seal(get().history) }),
    undo: () => change(history.undo(get().history)),
    redo: () => change(history.redo(get().history)),
    select: (selection) => store.setState({ selection: existing(selection, get().document) }),
    removeSelected() {
      const { cards, edge } = get().selection;
      if (cards.length > 0) edit({ op: "removeCards", ids: [...cards] });
      else if (edge) edit({ op: "disconnect", edge });
    },
    copy() {
      const { document, selection } = get();
      if (selection.cards.length === 0) return undefined;
      const clip = copyCards(document, selection.cards);
      store.setState({ clip });
      return clip;
    },
    paste,
    duplicate() {
      const { document, selection } = get();
      if (selection.cards.length > 0) paste(copyCards(document, selection.cards));
    },
    setGrown(cardId, grown) {
      const state = get();
      if (state.grown[cardId] === grown) return;
      const next = { ...state, grown: { ...state.grown, [cardId]: grown } };
      store.setState({ grown: next.grown, issues: issuesOf(state.document, next) });
    },
    setConnections(connections) {
      const next = { ...get(), connections };
      store.setState({ connections, issues: issuesOf(next.document, next) });
    },
    adopt(draft) {
      show(history.record(get().history, draft.document, now()));
      autosave.adopt(draft);
    },
    dispose: autosave.dispose,
  };
}

function tryApply(document: FlowDocument, operation: Operation): FlowDocument | undefined {
  try {
    return apply(document, operation);
  } catch (error) {
    if (error instanceof OperationError) return undefined;
    throw error;
  }
}

/** Moving cards changes no issue, and is what happens sixty times a second. */
function sameForIssues(a: FlowDocument, b: FlowDocument): boolean {
  return a.cards === b.cards && a.edges === b.edges;
}

function existing(selection: Selection, document: FlowDocument): Selection {
  const cards = selection.cards.filter((id) => document.cards[id]);
  const { edge } = selection;
  const there =
    edge &&
    document.edges.find((each) => each.from === edge.from && each.out === edge.out && each.to === edge.to);
  if (cards.length === selection.cards.length && there === edge) return selection;
  return { cards, edge: there };
}
