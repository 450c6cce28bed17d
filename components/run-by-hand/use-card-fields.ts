"use client";

import { useQueries } from "@tanstack/react-query";
import { call } from "#lib/api/client.ts";
import { loadFields } from "#lib/api/loaders.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectiveFields, type GrownFields } from "#lib/cards/effective-fields.ts";
import type { Fields } from "#lib/cards/field.ts";
import { growthOf } from "#lib/cards/growth.ts";
import type { RunDraft } from "./run-draft.ts";

/** The inputs a card has with its options and connection, the org's own attributes among them. */
export function useCardFields(
  description: CardDescription | undefined,
  { connection, options, inputs }: Pick<RunDraft, "connection" | "options" | "inputs">,
): Fields {
  const wanted = description && connection ? growthOf(description, { options, inputs }) : [];
  const loaded = useQueries({
    queries: wanted.map(({ loaderId, options: asked }) => ({
      queryKey: ["grown", connection, loaderId, JSON.stringify(asked)],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(loadFields, {
          params: { alias: connection ?? "", loaderId },
          query: { options: JSON.stringify(asked) },
          signal,
        }),
      staleTime: 5 * 60_000,
    })),
  });
  if (!description) return {};
  const grown: GrownFields = {};
  wanted.forEach(({ loaderId }, at) => {
    const fields = loaded[at]?.data?.fields;
    if (fields) grown[loaderId] = fields;
  });
  return effectiveFields(description, { options }, grown).inputs;
}
