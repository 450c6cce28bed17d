"use client";

import { Alert, Button, Code, CopyButton, Group, Radio, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { type AdminView, addAdmin, type GivenRole, renewInvite } from "#lib/api/accounts.ts";
import { ApiError, call } from "#lib/api/client.ts";
import { ROLE_WORDS } from "./role-select.tsx";

/** Adds an account and shows the link to hand over. */
export function AddAdmin({ onClose }: { onClose: () => void }) {
  const [input, setInput] = useState<{ name: string; email: string; role: GivenRole }>({
    name: "",
    email: "",
    role: "admin",
  });
  const add = useAction({
    run: () => call(addAdmin, { body: input }),
    failed: "The account was not added",
  });
  const problems = add.error instanceof ApiError ? (add.error.body.problems ?? []) : [];
  const problemOf = (field: string) => problems.find(({ path }) => path === `body.${field}`)?.message;
  if (add.data) return <InviteLink name={input.name} url={add.data.inviteUrl} onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title="Add an account">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            maxLength={100}
            value={input.name}
            onChange={(event) => setInput({ ...input, name: event.currentTarget.value })}
            error={problemOf("name")}
          />
          <TextInput
            label="Email address"
            type="email"
            required
            value={input.email}
            onChange={(event) => setInput({ ...input, email: event.currentTarget.value })}
            error={problemOf("email")}
          />
          <Radio.Group
            label="Role"
            value={input.role}
            onChange={(role) => setInput({ ...input, role: role === "viewer" ? "viewer" : "admin" })}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="admin" label="Admin" description={ROLE_WORDS.admin} />
              <Radio value="viewer" label="Viewer" description={ROLE_WORDS.viewer} />
            </Stack>
          </Radio.Group>
          <DialogButtons
            onCancel={onClose}
            confirm="Add"
            busy={add.isPending}
            disabled={!input.name.trim() || !input.email.trim()}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

/** Makes another link for somebody who lost theirs, or their password. */
export function NewLink({ admin }: { admin: AdminView }) {
  const [opened, { open, close }] = useDisclosure();
  const renew = useAction({
    run: () => call(renewInvite, { params: { id: admin.id } }),
    failed: "The link was not made",
    onDone: open,
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={renew.isPending}
        onClick={() => renew.mutate(undefined)}
        aria-label={`New link for ${admin.name}`}
      >
        New link
      </Button>
      {opened && renew.data ? (
        <InviteLink name={admin.name} url={renew.data.inviteUrl} onClose={close} />
      ) : null}
    </>
  );
}

function InviteLink({ name, url, onClose }: { name: string; url: string; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={`Link for ${name}`} closeOnClickOutside={false}>
      <Stack>
        <Alert title="Hand it over in a safe way">
          Whoever opens it chooses the password of this account. It works once, for three days, and is not
          shown again.
        </Alert>
        <Code block tabIndex={0}>
          {url}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={url}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
