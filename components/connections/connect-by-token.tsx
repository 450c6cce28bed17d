"use client";

import { Anchor, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { createConnection } from "#lib/api/connections.ts";
import { ConnectProblem, DomainField, NameField, problemOf, useOrgInput } from "./org-fields.tsx";
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
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate(undefined);
      }}
    >
      <Stack>
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
        <ConnectProblem error={error} />
        <DialogButtons
          onCancel={onClose}
          confirm="Connect"
          busy={connect.isPending}
          disabled={!org.input.orgUrl || !token}
        />
      </Stack>
    </form>
  );
}
