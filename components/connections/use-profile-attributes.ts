"use client";

import { useQueries } from "@tanstack/react-query";
import { useCatalogue } from "#components/executions/use-catalogue.ts";
import { call } from "#lib/api/client.ts";
import type { ConnectionView } from "#lib/api/connections.ts";
import { loadFields } from "#lib/api/loaders.ts";
import type { CardDescription } from "#lib/cards/card.ts";
import type { Fields } from "#lib/cards/field.ts";

/** An attribute of a profile, as it can be chosen. */
export interface ProfileAttribute {
  /** The variable name. */
  name: string;
  label: string;
}

/**
 * The attributes a connection's profiles are known to have: those every org has, which stand in the cards, and those the org
 * added, as far as it tells. Empty while nothing is known: any name may be typed.
 */
export function useProfileAttributes({ alias, connector }: ConnectionView): ProfileAttribute[] {
  const catalogue = useCatalogue();
  const cards = (catalogue?.cards ?? []).filter((card) => card.connector === connector);
  const profiles = profilesOf(cards);
  const loaded = useQueries({
    queries: [...profiles.keys()].map((loaderId) => ({
      queryKey: ["grown", alias, loaderId, "{}"],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(loadFields, { params: { alias, loaderId }, query: { options: "{}" }, signal }),
      staleTime: 5 * 60_000,
      retry: false,
    })),
  });
  const all = [...profiles.values(), ...loaded.flatMap(({ data }) => (data ? [data.fields] : []))];
  return attributesOf(all);
}

/** Profiles in the inputs of cards, by the loader of what an org adds to them. Those of an application are its own. */
export function profilesOf(cards: readonly Pick<CardDescription, "inputs">[]): Map<string, Fields> {
  const profiles = new Map<string, Fields>();
  for (const { inputs } of cards) {
    for (const { grows, growsBy, fields = {} } of Object.values(inputs)) {
      if (grows && growsBy === undefined) profiles.set(grows, { ...profiles.get(grows), ...fields });
    }
  }
  return profiles;
}

/** Each name once, in the order of the alphabet. */
export function attributesOf(profiles: readonly Fields[]): ProfileAttribute[] {
  const labels = new Map(
    profiles.flatMap((fields) => Object.entries(fields).map(([name, { label }]) => [name, label] as const)),
  );
  return [...labels]
    .map(([name, label]) => ({ name, label }))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en"));
}
