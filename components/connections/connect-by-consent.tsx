"use client";

import { PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { beginAuthorization } from "#lib/api/oauth.ts";
import { CopyText } from "./copy-text.tsx";
import { ConnectProblem, DomainField, NameField, problemOf, useOrgInput } from "./org-fields.tsx";
import type { Existing } from "./same-org.ts";
import { ScopeChoice, useOAuthFacts, useScopes } from "./scope-choice.tsx";

/** Connects an org by an admin's consent: leaves for the org's page, and comes back connected. */
export function ConnectByConsent({ existing, onClose }: { existing: Existing[]; onClose: () => void }) {
  const org = useOrgInput(existing);
  const [clientId, setClientId] = useState("");
  const [clientSecret, setClientSecret] = useState("");
  const facts = useOAuthFacts();
  const { chosen: scopes, choose } = useScopes(facts.data);
  const begin = useAction({
    run: () =>
      call(beginAuthorization, {
        body: { ...org.input, clientId, clientSecret: clientSecret || undefined, scopes },
      }),
    onDone: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
  const { error } = begin;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate(undefined);
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          In Okta, create an app integration: OIDC, Web Application, with the grant types Authorization Code
          and Refresh Token. You sign in there and consent; flows then act as you, within the scopes below.
        </Text>
        {facts.data ? <CopyText label="Sign-in redirect URI" text={facts.data.redirectUri} /> : null}
        <DomainField state={org} error={error} />
        <TextInput
          label="Client ID"
          required
          autoComplete="off"
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          error={problemOf(error, "clientId")}
        />
        <PasswordInput
          label="Client secret"
          description="Leave it empty for an app without one (native or single-page)."
          autoComplete="off"
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
          error={problemOf(error, "clientSecret")}
        />
        <NameField state={org} error={error} />
        {facts.data ? <ScopeChoice facts={facts.data} chosen={scopes} onChange={choose} /> : null}
        <ConnectProblem error={error} />
        <DialogButtons
          onCancel={onClose}
          confirm="Continue in Okta"
          busy={begin.isPending || begin.isSuccess}
          disabled={!org.input.orgUrl || !clientId}
        />
      </Stack>
    </form>
  );
}
