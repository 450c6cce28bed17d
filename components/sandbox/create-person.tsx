"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { useSandboxAction } from "./use-sandbox-action.ts";

const NOBODY = { firstName: "", lastName: "", email: "", department: "", userType: "" };
const LABELS: Record<keyof typeof NOBODY, string> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email address",
  department: "Department",
  userType: "User type",
};

/** Opens the form that creates a person in the sandbox org. */
export function CreatePersonButton() {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden="true" />} onClick={open}>
        New person
      </Button>
      {opened ? <CreatePerson onClose={close} /> : null}
    </>
  );
}

function CreatePerson({ onClose }: { onClose: () => void }) {
  const [person, setPerson] = useState(NOBODY);
  const create = useSandboxAction(`${person.firstName} ${person.lastName} was created.`, onClose);
  const { firstName, lastName, email, department, userType } = person;
  return (
    <Dialog onClose={onClose} title="New person in the sandbox org">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({
            action: "createUser",
            firstName,
            lastName,
            email,
            department: department || undefined,
            userType: userType || undefined,
          });
        }}
      >
        <Stack>
          {(["firstName", "lastName", "email", "department", "userType"] as const).map((key) => (
            <TextInput
              key={key}
              label={LABELS[key]}
              type={key === "email" ? "email" : "text"}
              required={key !== "department" && key !== "userType"}
              data-autofocus={key === "firstName" || undefined}
              value={person[key]}
              onChange={(event) => setPerson({ ...person, [key]: event.currentTarget.value })}
            />
          ))}
          <DialogButtons onCancel={onClose} confirm="Create" busy={create.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
