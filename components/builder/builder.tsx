"use client";

import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useMay } from "#components/accounts/may.tsx";
import { type CanvasHandle, FlowCanvas } from "#components/canvas/flow-canvas.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";
import type { FlowView } from "#lib/api/flows.ts";
import type { GrownFields } from "#lib/cards/effective-fields.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { type AddAt, addCardOperations } from "#lib/editor/add-card.ts";
import type { TheirDraft } from "#lib/editor/autosave.ts";
import { createEditor } from "#lib/editor/editor-store.ts";
import { newCardId } from "#lib/flow/new-id.ts";
import classes from "./builder.module.css";
import { type BuilderContext, BuilderProvider } from "./builder-context.ts";
import { EmptyCanvas } from "./empty-canvas.tsx";
import {
  ConflictDialog,
  Inspector,
  Outline,
  preloadParts,
  QuickAdd,
  ShortcutsDialog,
} from "./lazy-parts.tsx";
import { Palette } from "./palette.tsx";
import { saveDraftOf } from "./save-draft.ts";
import { TopBar } from "./top-bar.tsx";
import { useGrownFields } from "./use-grown-fields.ts";
import { useSafeLeaving } from "./use-safe-leaving.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** A field of a card to bring into view; only that card's form may take the focus for it. `at` tells requests apart. */
interface FieldWanted {
  card: string;
  path: readonly string[];
  at: number;
}

/** When the canvas stands and the first look is over. */
const PRELOAD_AFTER_MS = 1_500;
const NO_GROWN: GrownFields = {};

/** The flow builder: palette, canvas or outline, inspector, and the bar above them. */
export function Builder({ initial, catalogue }: { initial: FlowView; catalogue: Catalogue }) {
  const [flow, setFlow] = useState(initial);
  // As it is when the flow is opened: what somebody is writing does not become unwritable under their hands.
  const [readOnly] = useState(!useMay("flows.write"));
  const [editor] = useState(() =>
    createEditor({
      readOnly,
      draft: { revision: initial.revision, document: initial.document },
      catalogue,
      save: saveDraftOf(initial.id, setFlow),
      now: () => Date.now(),
    }),
  );
  const state = useStore(editor.store);
  const { document, selection, issues, grown, save } = state;
  const canvas = useRef<CanvasHandle>(undefined);
  const [view, setView] = useState<"canvas" | "outline">("canvas");
  const [adding, setAdding] = useState<{ where: AddAt; screen: { x: number; y: number } }>();
  const [help, setHelp] = useState(false);
  /** The conflict that is to be decided after a look at the flow. */
  const [later, setLater] = useState<TheirDraft>();
  const [focusField, setFocusField] = useState<FieldWanted>();

  const connections = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
  });
  useEffect(() => {
    if (connections.data) {
      editor.setConnections(
        connections.data.connections.map(({ alias, connector }) => ({ alias, connector })),
      );
    }
  }, [editor, connections.data]);
  useEffect(() => {
    // The page's own title knows no flow; of ten open tabs each should say which one it is.
    window.document.title = `${document.name} · Flowdeck`;
  }, [document.name]);
  useGrownFields(editor);
  useSafeLeaving(editor);
  useEffect(() => {
    const timer = setTimeout(preloadParts, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  const grownOf = useCallback((id: string) => grown[id] ?? NO_GROWN, [grown]);
  const addCard = useCallback(
    (cardType: string, where: AddAt) => {
      const description = catalogue.card(cardType);
      if (!description) return;
      const { document: draft, connections: known } = editor.store.getState();
      const id = newCardId(draft);
      const operations = addCardOperations(draft, catalogue, {
        id,
        description,
        connections: known ?? [],
        where,
      });
      editor.edit({ op: "batch", operations }, { select: { cards: [id] } });
      setAdding(undefined);
      if (!where.at) requestAnimationFrame(() => canvas.current?.show(id));
    },
    [catalogue, editor],
  );
  const context = useMemo<BuilderContext>(
    () => ({
      editor,
      flow,
      setFlow,
      readOnly,
      grownOf,
      canvas: () => canvas.current,
      addCard,
      goTo(cardId, field) {
        editor.select({ cards: [cardId] });
        canvas.current?.show(cardId);
        if (field) setFocusField({ card: cardId, path: field, at: Date.now() });
      },
      say,
      async settle() {
        const { status } = await editor.autosave.flush();
        if (status === "saved") return true;
        say("This needs a saved draft, and the last changes could not be saved yet.", "refused");
        return false;
      },
    }),
    [editor, flow, readOnly, grownOf, addCard],
  );
  useShortcuts({ editor, addCard, onHelp: () => setHelp(true) });
  const onReady = useCallback((handle: CanvasHandle) => {
    canvas.current = handle;
  }, []);
  const openInspector = useCallback(() => {
    const [id] = editor.store.getState().selection.cards;
    if (id !== undefined) setFocusField({ card: id, path: [], at: Date.now() });
  }, [editor]);
  const card = selection.cards.length === 1 ? selection.cards[0] : undefined;
  const inspecting = card !== undefined;
  useEffect(() => {
    // The inspector takes room on the right, maybe that of the very card it speaks of.
    if (!inspecting) return;
    // The canvas learns of its new width a moment after the layout changed.
    const timer = setTimeout(() => {
      const id = editor.store.getState().selection.cards[0];
      if (id !== undefined) canvas.current?.reveal(id);
    }, 120);
    return () => clearTimeout(timer);
  }, [inspecting, editor]);

  return (
    <BuilderProvider value={context}>
      <div className={classes.builder}>
        <TopBar
          view={view}
          onView={setView}
          onHelp={() => setHelp(true)}
          onDecide={() => setLater(undefined)}
        />
        <div className={classes.body}>
          {readOnly ? null : <Palette />}
          <section className={classes.stage} aria-label={view === "canvas" ? "Canvas" : "Outline"}>
            {view === "canvas" ? (
              <FlowCanvas
                readOnly={readOnly}
                document={document}
                catalogue={catalogue}
                issues={issues}
                grownOf={grownOf}
                selection={selection}
                onSelect={editor.select}
                onEdit={editor.edit}
                onSeal={editor.seal}
                onMessage={say}
                onAddRequest={(where, screen) => setAdding({ where, screen })}
                onDropCard={addCard}
                onOpen={openInspector}
                onReady={onReady}
                empty={readOnly ? null : <EmptyCanvas />}
                label={`Flow ${document.name}`}
              />
            ) : (
              <Outline onOpen={openInspector} />
            )}
          </section>
          {card ? (
            <Inspector
              key={card}
              cardId={card}
              focusField={focusField?.card === card ? focusField : undefined}
            />
          ) : null}
        </div>
        {adding ? <QuickAdd {...adding} onClose={() => setAdding(undefined)} /> : null}
        {help ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null}
        {save.status === "conflict" && save.theirs !== later ? (
          <ConflictDialog theirs={save.theirs} onLater={() => setLater(save.theirs)} />
        ) : null}
      </div>
    </BuilderProvider>
  );
}

function say(message: string, kind: "refused" | "done"): void {
  notifications.show({ message, color: kind === "refused" ? "orange" : "teal", autoClose: 6000 });
}
