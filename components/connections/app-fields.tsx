import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
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
  const facts = useOAuthFacts().data;
  const { chosen: scopes, choose } = useScopes(facts, start?.scopes);
  return {
    org,
    setClientId,
    facts,
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
  const { org, setClientId, facts, choose, input } = state;
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
      {facts ? <ScopeChoice facts={facts} chosen={input.scopes} onChange={choose} /> : null}
    </>
  );
}
