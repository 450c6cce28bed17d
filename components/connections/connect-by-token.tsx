"use client";

import { Anchor, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { createConnection } from "#lib/api/connections.ts";
import { ConnectForm } from "./connect-form.tsx";
import { DomainField, NameField, problemOf, useOrgInput } from "./org-fields.tsx";
import type { Existing } from "./same-org.ts";

/** Connects an org with an admin's API token. */
export function ConnectByToken({ existing, onClose }: { existing: Existing[]; onClose: () => void }) {
  const org = useOrgInput(existing);
  const [token, setToken] = useState("");
  const connect = useAction({
    run: () => call(createConnection, { body: { ...org.input, token } }),
    done: (connection) => `Connected to ${connection.orgName ?? connection.orgUrl}.`,
    onDone: onClose,
  });
  const { error } = connect;
  return (
    <ConnectForm
      error={error}
      confirm="Connect"
      busy={connect.isPending}
      ready={org.input.orgUrl !== "" && token !== ""}
      onSubmit={() => connect.mutate(undefined)}
      onClose={onClose}
    >
      <DomainField state={org} error={error} />
      <PasswordInput
        label="API token"
        description={
          <>
            Of an admin who may do what your flows do. In Okta: Security, API, Tokens.{" "}
            <Anchor
              href="https://developer.okta.com/docs/guides/create-an-api-token/main/"
              target="_blank"
              rel="noreferrer"
              size="xs"
            >
              How to create one
            </Anchor>
          </>
        }
        required
        autoComplete="off"
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
        error={problemOf(error, "token")}
      />
      <NameField state={org} error={error} />
    </ConnectForm>
  );
}
