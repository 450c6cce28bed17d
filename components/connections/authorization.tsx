"use client";

import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { May } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Instant } from "#components/ui/instant.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { call } from "#lib/api/client.ts";
import type { ConnectionView } from "#lib/api/connections.ts";
import { authorizeConnection } from "#lib/api/oauth.ts";
import { CopyText } from "./copy-text.tsx";
import { ScopeList } from "./scope-choice.tsx";

const KINDS = { token: "API token", oauth: "OAuth 2.0", service: "Service app" } as const;

/** How a connection is authorized: as whom, with which scopes, until when, and what its flows lack. */
export function Authorization({ connection }: { connection: ConnectionView }) {
  const { kind, clientId, granted, missing, expiresAt, authorizedBy, publicKey } = connection.authorization;
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600} size="sm">
          Authorization
        </Text>
        <Tag>{KINDS[kind]}</Tag>
        {missing.length > 0 ? <Tag tone="warning">Scopes missing</Tag> : null}
      </Group>
      {kind === "token" ? (
        <Text size="sm" c="dimmed">
          {connection.adminLogin
            ? `It may do what ${connection.adminLogin} may do.`
            : "It may do what its admin may do."}
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            App <Code>{clientId}</Code>, authorized by {authorizedBy}.
            {expiresAt && connection.status === "connected" ? (
              <>
                {" "}
                The access token ends <Instant at={expiresAt} /> and is renewed before.
              </>
            ) : null}
          </Text>
          {missing.length > 0 ? (
            <Text size="sm" role="alert">
              Flows need {missing.join(", ")}, which the app was not granted. Grant it in Okta (the app's tab
              Okta API Scopes), then authorize again.
            </Text>
          ) : null}
          <ScopeList scopes={granted} />
          {publicKey ? <PublicKey text={JSON.stringify(publicKey, null, 2)} /> : null}
          <May permission="connections.manage">
            <AuthorizeAgain connection={connection} urgent={missing.length > 0} />
          </May>
        </>
      )}
    </Stack>
  );
}

function PublicKey({ text }: { text: string }) {
  return (
    <details>
      <summary>
        <Text span size="sm">
          Public key
        </Text>
      </summary>
      <CopyText label="Public key" text={text} block />
    </details>
  );
}

/** Sends the admin to the org's page once more; a service app is done at once. */
function AuthorizeAgain({ connection, urgent }: { connection: ConnectionView; urgent: boolean }) {
  const authorize = useAction({
    run: () => call(authorizeConnection, { params: { id: connection.id }, body: {} }),
    failed: "The connection was not authorized",
    done: ({ authorizeUrl }) => (authorizeUrl ? "" : `${connection.name} is authorized.`),
    onDone: ({ authorizeUrl }) => {
      if (authorizeUrl) window.location.assign(authorizeUrl);
    },
  });
  const primary = urgent || connection.status === "broken";
  return (
    <div>
      <Button
        size="xs"
        variant={primary ? "filled" : "default"}
        loading={authorize.isPending}
        onClick={() => authorize.mutate(undefined)}
      >
        Authorize again
      </Button>
    </div>
  );
}
