"use client";

import { Code, Group, List, MultiSelect, Spoiler, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queryKey } from "#lib/api/client.ts";
import { getOAuthFacts, type OAuthFacts } from "#lib/api/oauth.ts";

/** What an app in Okta must be told, and the scopes there are; asked once. */
export function useOAuthFacts() {
  return useQuery({
    queryKey: queryKey(getOAuthFacts),
    queryFn: ({ signal }) => call(getOAuthFacts, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * The scopes beside those every connection needs, as a form holds them: the suggested ones until somebody chooses others,
 * or did before (`start`).
 */
export function useScopes(facts: OAuthFacts | undefined, start?: string[]) {
  const [chosen, choose] = useState(start);
  return { chosen: chosen ?? facts?.suggestedScopes.map(({ scope }) => scope) ?? [], choose };
}

/** The scopes that are asked for and what for, and a choice of more for flows still to be built. */
export function ScopeChoice(props: {
  facts: OAuthFacts;
  chosen: string[];
  onChange: (scopes: string[]) => void;
}) {
  const { facts, chosen, onChange } = props;
  const { baseScopes, suggestedScopes, knownScopes } = facts;
  const needed = baseScopes.map(({ scope }) => scope);
  const easier = suggestedScopes.map(({ why }) => why).join(", ");
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        Scopes the app must be granted
      </Text>
      <List size="sm">
        {baseScopes.map(({ scope, why }) => (
          <List.Item key={scope}>
            <Code>{scope}</Code> {why}
          </List.Item>
        ))}
      </List>
      <MultiSelect
        label="Also ask for"
        description={`What cards of flows still to be built need. Chosen already is what makes building them easier: ${easier}. Scopes can be added later: authorize again then.`}
        searchable
        clearable
        data={knownScopes.filter((scope) => !needed.includes(scope))}
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
