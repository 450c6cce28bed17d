"use client";

import { Code, Group, MultiSelect, Spoiler, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { call, queryKey } from "#lib/api/client.ts";
import { getOAuthFacts } from "#lib/api/oauth.ts";

/** What an app in Okta must be told, and the scopes there are; asked once. */
export function useOAuthFacts() {
  return useQuery({
    queryKey: queryKey(getOAuthFacts),
    queryFn: ({ signal }) => call(getOAuthFacts, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The scopes that are asked for, and a choice of more for flows still to be built. */
export function ScopeChoice(props: {
  /** Asked for in any case. */
  needed: string[];
  known: string[];
  chosen: string[];
  onChange: (scopes: string[]) => void;
}) {
  const { needed, known, chosen, onChange } = props;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        Scopes the app must be granted
      </Text>
      <ScopeList scopes={needed} />
      <MultiSelect
        label="Also ask for"
        description="What cards of flows still to be built need. Scopes can be added later: authorize again then."
        searchable
        clearable
        data={known.filter((scope) => !needed.includes(scope))}
        value={chosen}
        onChange={onChange}
      />
    </Stack>
  );
}

/** Scopes, the long list folded. */
export function ScopeList({ scopes }: { scopes: string[] }) {
  return (
    <Spoiler maxHeight={58} showLabel="Show all scopes" hideLabel="Show fewer">
      <Group gap={4}>
        {scopes.map((scope) => (
          <Code key={scope}>{scope}</Code>
        ))}
      </Group>
    </Spoiler>
  );
}
