"use client";

import { PasswordInput, Text } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { beginAuthorization } from "#lib/api/oauth.ts";
import { AppFields, useAppInput } from "./app-fields.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { CopyText } from "./copy-text.tsx";
import { keepConsent, keptConsent } from "./kept-consent.ts";
import { problemOf } from "./org-fields.tsx";
import type { Existing } from "./same-org.ts";

/** Connects an org by an admin's consent: leaves for the org's page, and comes back connected. */
export function ConnectByConsent({ existing, onClose }: { existing: Existing[]; onClose: () => void }) {
  const [before] = useState(keptConsent);
  const app = useAppInput(existing, before);
  const [clientSecret, setClientSecret] = useState("");
  const begin = useAction({
    run: () => call(beginAuthorization, { body: { ...app.input, clientSecret: clientSecret || undefined } }),
    onDone: ({ authorizeUrl }) => {
      keepConsent(app.input);
      window.location.assign(authorizeUrl);
    },
  });
  const { error } = begin;
  return (
    <ConnectForm
      error={error}
      confirm="Continue in Okta"
      busy={begin.isPending || begin.isSuccess}
      ready={app.ready}
      onSubmit={() => begin.mutate(undefined)}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        In Okta, create an app integration: OIDC, Web Application, with the grant types Authorization Code and
        Refresh Token. You sign in there and consent; flows then act as you, within the scopes below.
      </Text>
      {app.facts ? <CopyText label="Sign-in redirect URI" text={app.facts.redirectUri} /> : null}
      <AppFields state={app} error={error}>
        <PasswordInput
          label="Client secret"
          description="Leave it empty for an app without one (native or single-page)."
          autoComplete="off"
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
          error={problemOf(error, "clientSecret")}
        />
      </AppFields>
    </ConnectForm>
  );
}
