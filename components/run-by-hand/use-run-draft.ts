"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { type InputChoice, inputChoices, matchColumns, personInput, withoutPaths } from "./input-choices.ts";
import { keepDraft, keptDraft } from "./kept-draft.ts";
import { columnNames, NOTHING_CHOSEN, type RunDraft, requestOf } from "./run-draft.ts";
import { useCardFields } from "./use-card-fields.ts";

/** What is being put together on the page, and what follows from it. */
export function useRunDraft(catalogue: Catalogue) {
  const [given, setDraft] = useState<RunDraft>(() => keptDraft() ?? NOTHING_CHOSEN);
  useEffect(() => keepDraft(given), [given]);
  const description = catalogue.card(given.card);
  const connection = useOnlyConnection(description, given.connection);
  const draft: RunDraft = { ...given, connection };
  const fields = useCardFields(description, draft);
  const choices = inputChoices(fields);
  const columns = columnsOf(draft, choices);
  const filled = columns.flatMap((choice) => (choice ? [choice.path] : []));
  const request = description ? requestOf(draft, columns) : undefined;
  // The preview stays good as long as exactly the same is asked for.
  const key = useMemo(() => JSON.stringify(request), [request]);
  return {
    draft,
    description,
    choices,
    columns,
    request,
    key,
    /** Inputs the form asks for: those no column fills in. */
    formFields: withoutPaths(fields, filled),
    change: (changes: Partial<RunDraft>) => setDraft((before) => ({ ...before, ...changes })),
    chooseCard: (card: CardDescription | null) => {
      setDraft((before) => ({
        ...before,
        card: card?.id ?? "",
        options: {},
        inputs: {},
        personTo: null,
        list: { ...before.list, chosen: {} },
      }));
    },
    setPersonTo: (personTo: InputChoice | null) => setDraft((before) => ({ ...before, personTo })),
  };
}

function columnsOf(
  { source, list, personTo }: RunDraft,
  choices: readonly InputChoice[],
): (InputChoice | null)[] {
  const current = (choice: InputChoice) =>
    choices.find(({ path }) => path.join("/") === choice.path.join("/"));
  if (source === "once") return [];
  if (source !== "list") return [(personTo && current(personTo)) ?? personInput(choices) ?? null];
  const matched = matchColumns(columnNames(list), choices);
  return matched.map((found, at) => {
    const chosen = list.chosen[at];
    return chosen === undefined ? found : chosen && (current(chosen) ?? null);
  });
}

/** The chosen connection; where there is one only, nobody has to choose it. */
function useOnlyConnection(description: CardDescription | undefined, chosen: string | undefined) {
  const { data } = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
  });
  if (!description?.needsConnection) return undefined;
  const fitting = data?.connections.filter(({ connector }) => connector === description.connector) ?? [];
  if (chosen !== undefined && (!data || fitting.some(({ alias }) => alias === chosen))) return chosen;
  return fitting.length === 1 ? fitting[0]?.alias : undefined;
}
