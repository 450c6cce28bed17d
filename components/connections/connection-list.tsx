"use client";

import { Alert, Stack } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { May, useMay } from "#components/accounts/may.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";
import { ConnectOrgButton, ConsentAgainButton } from "./connect-org.tsx";
import { ConnectionPanel } from "./connection-panel.tsx";
import { forgetConsent } from "./kept-consent.ts";
import type { Existing } from "./same-org.ts";

/** How an authorization ended that the org just sent the browser back from. */
export interface AuthorizationOutcome {
  ok: boolean;
  message: string;
  hint?: string;
}

/** All connected orgs: whether each works, how its events arrive, who uses it. */
export function ConnectionList({ outcome }: { outcome?: AuthorizationOutcome }) {
  const connections = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
    refetchInterval: 5_000,
  });
  const all = connections.data?.connections ?? [];
  return (
    <Page>
      <PageHeader
        title="Connections"
        description="An Okta org that flows listen to and act in. Its tokens and keys are stored encrypted and never shown again."
      >
        <May permission="connections.manage">
          <ConnectOrgButton existing={all} />
        </May>
      </PageHeader>
      {outcome ? <OutcomeAlert outcome={outcome} existing={all} /> : null}
      {connections.isPending ? (
        <Panel>
          <ListSkeleton rows={2} height={120} />
        </Panel>
      ) : null}
      {connections.isError && !connections.data ? (
        <ErrorState
          error={connections.error}
          what="The connections"
          onRetry={() => void connections.refetch()}
        />
      ) : null}
      {connections.data && all.length === 0 ? (
        <Panel>
          <NoOrgYet />
        </Panel>
      ) : null}
      <Stack>
        {all.map((connection) => (
          <ConnectionPanel key={connection.id} connection={connection} />
        ))}
      </Stack>
    </Page>
  );
}

function NoOrgYet() {
  if (!useMay("connections.manage")) return <EmptyState icon={IconPlugConnected} title="No org connected" />;
  return (
    <EmptyState icon={IconPlugConnected} title="No org connected" action={<ConnectOrgButton existing={[]} />}>
      Connect an Okta org with an admin's API token, by OAuth 2.0, or as a service app.
    </EmptyState>
  );
}

function OutcomeAlert({ outcome, existing }: { outcome: AuthorizationOutcome; existing: Existing[] }) {
  const [shown, setShown] = useState(true);
  // The note in the address is for this one view: reloading must not tell it again.
  useEffect(() => window.history.replaceState(null, "", "/connections"), []);
  useEffect(() => {
    if (outcome.ok) forgetConsent();
  }, [outcome.ok]);
  if (!shown) return null;
  return (
    <Alert
      color={outcome.ok ? undefined : "red"}
      title={outcome.message}
      role={outcome.ok ? "status" : "alert"}
      mb="md"
      withCloseButton
      closeButtonLabel="Close"
      onClose={() => setShown(false)}
    >
      {outcome.hint}
      {outcome.ok ? null : <ConsentAgainButton existing={existing} />}
    </Alert>
  );
}
