"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { connectServiceApp, createServiceKey } from "#lib/api/oauth.ts";
import { CopyText } from "./copy-text.tsx";
import { ConnectProblem, DomainField, NameField, problemOf, useOrgInput } from "./org-fields.tsx";
import type { Existing } from "./same-org.ts";
import { ScopeChoice, useOAuthFacts, useScopes } from "./scope-choice.tsx";

/** Connects an org as a service app: makes its key here, shows the public part, and tries it. */
export function ConnectByService({ existing, onClose }: { existing: Existing[]; onClose: () => void }) {
  const org = useOrgInput(existing);
  const [clientId, setClientId] = useState("");
  const facts = useOAuthFacts();
  const { chosen: scopes, choose } = useScopes(facts.data);
  const make = useAction({
    run: () => call(createServiceKey, {}),
    failed: "The key was not made",
  });
  const key = make.data;
  const connect = useAction({
    run: () => call(connectServiceApp, { body: { ...org.input, clientId, scopes, key: key?.key ?? "" } }),
    done: (connection) => `Connected to ${connection.orgName ?? connection.orgUrl}.`,
    onDone: onClose,
  });
  const { error } = connect;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate(undefined);
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          In Okta, create an app integration: API Services, with Public key / Private key as client
          authentication. Give it the public key from here, an admin role, and the scopes below. Flows then
          act as the app, whoever leaves.
        </Text>
        {key ? (
          <CopyText label="Public key" text={JSON.stringify(key.publicKey, null, 2)} block />
        ) : (
          <div>
            <Button variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>
              Make a key pair
            </Button>
            <Text size="xs" c="dimmed" mt={4}>
              The private part stays here, encrypted; nobody gets to see it.
            </Text>
          </div>
        )}
        <DomainField state={org} error={error} />
        <TextInput
          label="Client ID"
          required
          autoComplete="off"
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          error={problemOf(error, "clientId")}
        />
        <NameField state={org} error={error} />
        {facts.data ? <ScopeChoice facts={facts.data} chosen={scopes} onChange={choose} /> : null}
        <ConnectProblem error={error} />
        <DialogButtons
          onCancel={onClose}
          confirm="Connect"
          busy={connect.isPending}
          disabled={!org.input.orgUrl || !clientId || !key}
        />
      </Stack>
    </form>
  );
}
