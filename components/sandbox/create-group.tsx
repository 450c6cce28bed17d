"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { useSandboxAction } from "./use-sandbox-action.ts";

/** Opens the form that creates a group in the sandbox org. */
export function CreateGroupButton() {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={open}>
        New group
      </Button>
      {opened ? <CreateGroup onClose={close} /> : null}
    </>
  );
}

function CreateGroup({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const create = useSandboxAction(`The group ${name} was created.`, onClose);
  return (
    <Dialog onClose={onClose} title="New group in the sandbox org">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ action: "createGroup", name, description });
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <DialogButtons onCancel={onClose} confirm="Create" busy={create.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
