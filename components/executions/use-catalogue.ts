"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listCards } from "#lib/api/catalog.ts";
import { call, queryKey } from "#lib/api/client.ts";
import { type Catalogue, createCatalogue } from "#lib/cards/registry.ts";

/** All cards there are; undefined until they are loaded. They change only with a release, so they are asked for once. */
export function useCatalogue(): Catalogue | undefined {
  const { data } = useQuery({
    queryKey: queryKey(listCards),
    queryFn: ({ signal }) => call(listCards, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => data && createCatalogue(data.cards), [data]);
}
