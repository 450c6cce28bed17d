import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import type { KeptConsent } from "./kept-consent.ts";
import { DomainField, NameField, problemOf, useOrgInput } from "./org-fields.tsx";
import type { Existing } from "./same-org.ts";
import { ScopeChoice, useOAuthFacts, useScopes } from "./scope-choice.tsx";

/**
 * State of what both ways through an app in the org ask for.
 *
 * @param existing connections there are
 * @param start what was filled in before
 */
export function useAppInput(existing: Existing[], start?: KeptConsent) {
  const org = useOrgInput(existing, start);
  const [clientId, setClientId] = useState(start?.clientId ?? "");
  const asked = useOAuthFacts();
  const facts = asked.data;
  const { chosen: scopes, choose } = useScopes(facts, start?.scopes);
  return {
    org,
    setClientId,
    facts,
    /** Why nothing is known of redirect URI and scopes, and how to ask again. */
    unknown: asked.isError && !facts ? { error: asked.error, retry: () => void asked.refetch() } : undefined,
    choose,
    input: { ...org.input, clientId, scopes },
    ready: org.input.orgUrl !== "" && clientId !== "",
  };
}

/** Where the org is, which app of it, what it is called here, and what it may do. `children`: what else the app needs. */
export function AppFields(props: {
  state: ReturnType<typeof useAppInput>;
  error: unknown;
  children?: ReactNode;
}) {
  const { state, error, children } = props;
  const { org, setClientId, facts, unknown, choose, input } = state;
  return (
    <>
      <DomainField state={org} error={error} />
      <TextInput
        label="Client ID"
        required
        autoComplete="off"
        value={input.clientId}
        onChange={(event) => setClientId(event.currentTarget.value)}
        error={problemOf(error, "clientId")}
      />
      {children}
      <NameField state={org} error={error} />
      {unknown ? <ErrorState error={unknown.error} what="The scopes" onRetry={unknown.retry} /> : null}
      {facts ? <ScopeChoice facts={facts} chosen={input.scopes} onChange={choose} /> : null}
    </>
  );
}
