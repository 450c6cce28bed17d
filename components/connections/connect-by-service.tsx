"use client";

import { Button, Text } from "@mantine/core";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { connectServiceApp, createServiceKey } from "#lib/api/oauth.ts";
import { AppFields, useAppInput } from "./app-fields.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { CopyText } from "./copy-text.tsx";
import type { Existing } from "./same-org.ts";

/** Connects an org as a service app: makes its key here, shows the public part, and tries it. */
export function ConnectByService({ existing, onClose }: { existing: Existing[]; onClose: () => void }) {
  const app = useAppInput(existing);
  const make = useAction({
    run: () => call(createServiceKey, {}),
    failed: "The key was not made",
  });
  const key = make.data;
  const connect = useAction({
    run: () => call(connectServiceApp, { body: { ...app.input, key: key?.key ?? "" } }),
    done: (connection) => `Connected to ${connection.orgName ?? connection.orgUrl}.`,
    onDone: onClose,
  });
  return (
    <ConnectForm
      error={connect.error}
      confirm="Connect"
      busy={connect.isPending}
      ready={app.ready && key !== undefined}
      onSubmit={() => connect.mutate(undefined)}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        In Okta, create an app integration: API Services, with Public key / Private key as client
        authentication. Give it the public key from here, an admin role, and the scopes below. Flows then act
        as the app, whoever leaves.
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
      <AppFields state={app} error={connect.error} />
    </ConnectForm>
  );
}
