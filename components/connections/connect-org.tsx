"use client";

import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { ApiError, call } from "#lib/api/client.ts";
import { createConnection } from "#lib/api/connections.ts";
import { aliasFrom } from "./alias-from.ts";

/** Opens the form that connects an Okta org. @param props.taken aliases in use */
export function ConnectOrgButton({ taken }: { taken: string[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={open}>
        Connect an org
      </Button>
      {opened ? <ConnectOrgDialog taken={taken} onClose={close} /> : null}
    </>
  );
}

function ConnectOrgDialog({ taken, onClose }: { taken: string[]; onClose: () => void }) {
  const [orgUrl, setOrgUrl] = useState("");
  const [token, setToken] = useState("");
  const [name, setName] = useState<string>();
  const alias = aliasFrom(orgUrl, taken);
  const shownName = name ?? orgUrl.replace(/^https?:\/\//, "").split("/")[0] ?? "";
  const connect = useAction({
    run: () => call(createConnection, { body: { orgUrl, token, alias, name: shownName || alias } }),
    failed: "The org was not connected",
    done: (connection) => `Connected to ${connection.orgName ?? connection.orgUrl}.`,
    onDone: onClose,
  });
  const { error } = connect;
  const problems = error instanceof ApiError ? (error.body.problems ?? []) : [];
  const problemOf = (field: string) => problems.find(({ path }) => path === `body.${field}`)?.message;
  return (
    <Dialog onClose={onClose} title="Connect an Okta org" size="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          connect.mutate(undefined);
        }}
      >
        <Stack>
          {error && problems.length === 0 ? (
            <Alert color="red" title={messageOf(error)} role="alert">
              {error instanceof ApiError ? error.body.hint : null}
            </Alert>
          ) : null}
          <TextInput
            label="Okta domain"
            placeholder="acme.okta.com"
            data-autofocus
            required
            value={orgUrl}
            onChange={(event) => setOrgUrl(event.currentTarget.value)}
            error={problemOf("orgUrl")}
          />
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
            error={problemOf("token")}
          />
          <TextInput
            label="Name"
            description={`Flows will call it "${alias}".`}
            value={shownName}
            onChange={(event) => setName(event.currentTarget.value)}
            error={problemOf("name") ?? problemOf("alias")}
          />
          <DialogButtons
            onCancel={onClose}
            confirm="Connect"
            busy={connect.isPending}
            disabled={!orgUrl || !token}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
