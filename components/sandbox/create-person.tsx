"use client";

import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { ApiError } from "#lib/api/client.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";

const NOBODY = { firstName: "", lastName: "", email: "", title: "", department: "", userType: "" };
const LABELS: Record<keyof typeof NOBODY, string> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email address",
  title: "Title",
  department: "Department",
  userType: "User type",
};
/** What everybody of the sandbox org who has a password has, see docs/sandbox.md. */
const PASSWORD = "Correct-Horse-42";
const REQUIRED: readonly string[] = ["firstName", "lastName", "email"];

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
  const [withPassword, setWithPassword] = useState(true);
  const create = useSandboxAction(`${person.firstName} ${person.lastName} was created.`, onClose);
  const problems = create.error instanceof ApiError ? (create.error.body.problems ?? []) : [];
  const problemOf = (field: string) => problems.find(({ path }) => path === `body.${field}`)?.message;
  return (
    <Dialog onClose={onClose} title="New person in the sandbox org">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({
            action: "createUser",
            ...person,
            password: withPassword ? PASSWORD : undefined,
          });
        }}
      >
        <Stack>
          {(["firstName", "lastName", "email", "title", "department", "userType"] as const).map((key) => (
            <TextInput
              key={key}
              label={LABELS[key]}
              type={key === "email" ? "email" : "text"}
              required={REQUIRED.includes(key)}
              data-autofocus={key === "firstName" || undefined}
              value={person[key]}
              error={problemOf(key)}
              onChange={(event) => setPerson({ ...person, [key]: event.currentTarget.value })}
            />
          ))}
          <Checkbox
            label="With a password"
            description="Active at once. Without one the person is PROVISIONED until they choose it."
            checked={withPassword}
            onChange={(event) => setWithPassword(event.currentTarget.checked)}
          />
          <DialogButtons onCancel={onClose} confirm="Create" busy={create.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
