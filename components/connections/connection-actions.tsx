"use client";

import { ActionIcon, Button, Group, Menu, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDots, IconKey, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { getBudget } from "#lib/api/budget.ts";
import { call, queryKey } from "#lib/api/client.ts";
import {
  type ConnectionView,
  type DeletedConnection,
  deleteConnection,
  testConnection,
  updateConnection,
} from "#lib/api/connections.ts";

/** What can be done with a connection. */
export function ConnectionActions({ connection }: { connection: ConnectionView }) {
  const [renaming, rename] = useDisclosure();
  const [tokening, token] = useDisclosure();
  const [deleting, remove] = useDisclosure();
  const test = useAction({
    run: () => call(testConnection, { params: { id: connection.id } }),
    failed: "The connection was not tested",
    onDone: ({ ok, message }) =>
      notifications.show({
        color: ok ? "teal" : "red",
        title: ok ? "The connection works" : "The connection does not work",
        message,
        autoClose: ok ? 5_000 : 15_000,
      }),
  });
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate(undefined)}>
        Test connection
      </Button>
      {/* The page grows while it loads: a menu opened meanwhile must not vanish because its button was pushed away. */}
      <Menu position="bottom-end" hideDetached={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`More actions for ${connection.name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={rename.open}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={token.open}>
            {connection.authorization.kind === "token" ? "New API token" : "Use an API token instead"}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove.open}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {renaming ? <RenameDialog connection={connection} onClose={rename.close} /> : null}
      {tokening ? <TokenDialog connection={connection} onClose={token.close} /> : null}
      {deleting ? <DeleteDialog connection={connection} onClose={remove.close} /> : null}
    </Group>
  );
}

interface DialogProps {
  connection: ConnectionView;
  onClose: () => void;
}

function RenameDialog({ connection, onClose }: DialogProps) {
  const [name, setName] = useState(connection.name);
  const save = useAction({
    run: () => call(updateConnection, { params: { id: connection.id }, body: { name } }),
    failed: "The connection was not renamed",
    onDone: onClose,
  });
  return (
    <Dialog onClose={onClose} title={`Rename ${connection.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <DialogButtons onCancel={onClose} confirm="Save" busy={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}

function TokenDialog({ connection, onClose }: DialogProps) {
  const [token, setToken] = useState("");
  const save = useAction({
    run: () => call(updateConnection, { params: { id: connection.id }, body: { token } }),
    failed: "The token was not stored",
    done: "The new token works and is stored.",
    onDone: onClose,
  });
  return (
    <Dialog onClose={onClose} title={`New API token for ${connection.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <Stack>
          <PasswordInput
            label="API token"
            description="It is tried first; the old one stays until the new one works."
            data-autofocus
            required
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <DialogButtons onCancel={onClose} confirm="Save" busy={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}

const WHAT_ENDS: Record<ConnectionView["authorization"]["kind"], string> = {
  oauth: "its tokens are revoked at Okta",
  service: "its token is revoked at Okta",
  token:
    "its API token is revoked at Okta unless another connection or the sandbox org itself uses it (what else uses that token ends too)",
};

const WHAT_ENDED: Record<DeletedConnection["tokens"], string> = {
  revoked: " Its tokens are revoked at Okta.",
  kept: "",
  failed: "",
  none: "",
};

function DeleteDialog({ connection, onClose }: DialogProps) {
  const queryClient = useQueryClient();
  const remove = useAction({
    run: () => call(deleteConnection, { params: { id: connection.id } }),
    failed: "The connection was not deleted",
    done: ({ tokens, warning }) =>
      `${connection.name} was deleted.${WHAT_ENDED[tokens]} ${warning ?? ""}`.trimEnd(),
    onDone: () => {
      // Gone before everything is asked again: what is left of the page would ask for a connection that is not there.
      queryClient.removeQueries({ queryKey: queryKey(getBudget, { params: { id: connection.id } }) });
      onClose();
    },
  });
  const used = connection.usedBy.map(({ name }) => name).join(", ");
  return (
    <Dialog onClose={onClose} title={`Delete ${connection.name}?`}>
      <Stack>
        <Text size="sm">
          {used
            ? `It can't be deleted while flows use it: ${used}. Give them another connection first.`
            : `The event hook is removed from the org, ${WHAT_ENDS[connection.authorization.kind]}, and its secrets are forgotten. The history of executions stays.`}
        </Text>
        <DialogButtons
          onCancel={onClose}
          confirm="Delete"
          danger
          busy={remove.isPending}
          disabled={used !== ""}
          onConfirm={() => remove.mutate(undefined)}
        />
      </Stack>
    </Dialog>
  );
}
