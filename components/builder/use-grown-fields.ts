import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useMay } from "#components/accounts/may.tsx";
import { call } from "#lib/api/client.ts";
import { loadFields } from "#lib/api/loaders.ts";
import type { GrownFields } from "#lib/cards/effective-fields.ts";
import { grows, growthOf } from "#lib/cards/growth.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import type { Editor } from "#lib/editor/editor-store.ts";
import { namedFields } from "#lib/editor/named-fields.ts";
import type { FlowDocument } from "#lib/flow/document.ts";

interface Wanted {
  alias: string;
  loaderId: string;
  options: string;
}

/**
 * Loads the fields connections add to the flow's cards (an org's custom profile attributes) and tells the editor. For who
 * may not ask the org, those the flow names.
 */
export function useGrownFields(editor: Editor): void {
  // Asking an org takes more than looking at a flow.
  const mayAsk = useMay("executions.run");
  const cards = useStore(editor.store, (state) => state.document.cards);
  const wanted = useMemo(() => wantedFields(cards, editor.catalogue), [cards, editor.catalogue]);
  const requests = useMemo(
    () => [...new Map([...wanted.values()].flat().map((each) => [keyOf(each), each])).values()],
    [wanted],
  );
  const loaded = useQueries({
    queries: (mayAsk ? requests : []).map(({ alias, loaderId, options }) => ({
      queryKey: ["grown", alias, loaderId, options],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(loadFields, { params: { alias, loaderId }, query: { options }, signal }),
      staleTime: 5 * 60_000,
    })),
  });
  useEffect(() => {
    if (mayAsk) return;
    for (const [id, grown] of namedFields(editor.store.getState().document, editor.catalogue)) {
      editor.setGrown(id, grown);
    }
  }, [mayAsk, editor]);
  /** Same fields, same object: the canvas renders a card again only when something changed. */
  const made = useRef(new Map<string, { parts: readonly unknown[]; grown: GrownFields }>());
  useEffect(() => {
    const fieldsOf = new Map(requests.map((request, index) => [keyOf(request), loaded[index]?.data?.fields]));
    for (const [cardId, wants] of wanted) {
      const parts = wants.map((want) => fieldsOf.get(keyOf(want)));
      const before = made.current.get(cardId);
      // Until the first answer what was there stays; an application that is no longer chosen takes its fields along.
      if (parts.every((part) => part === undefined) && (wants.length > 0 || !before)) continue;
      if (
        before &&
        before.parts.length === parts.length &&
        before.parts.every((part, at) => part === parts[at])
      )
        continue;
      const grown = Object.fromEntries(
        wants.flatMap(({ loaderId }, at) => {
          const fields = parts[at];
          return fields ? [[loaderId, fields] as const] : [];
        }),
      );
      made.current.set(cardId, { parts, grown });
      editor.setGrown(cardId, grown);
    }
  });
}

function wantedFields(cards: FlowDocument["cards"], catalogue: Catalogue): Map<string, Wanted[]> {
  const wanted = new Map<string, Wanted[]>();
  for (const [id, node] of Object.entries(cards)) {
    const description = catalogue.card(node.card);
    const alias = node.connection;
    if (!description || !alias || !grows(description)) continue;
    wanted.set(
      id,
      growthOf(description, node).map(({ loaderId, options }) => ({
        alias,
        loaderId,
        options: JSON.stringify(options),
      })),
    );
  }
  return wanted;
}

function keyOf({ alias, loaderId, options }: Wanted): string {
  return JSON.stringify([alias, loaderId, options]);
}
