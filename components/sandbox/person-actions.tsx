"use client";

import { ActionIcon, Menu, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { Person } from "./sandbox-page.tsx";
import { type SandboxAction, useSandboxAction } from "./use-sandbox-action.ts";

type Step = Extract<SandboxAction, { action: "activate" | "deactivate" | "suspend" | "unsuspend" }>["action"];

/** Lifecycle steps an admin can take, with the states Okta allows them from. */
const STEPS: { step: Step; label: string; from: (status: string) => boolean }[] = [
  { step: "activate", label: "Activate", from: (status) => ["STAGED", "DEPROVISIONED"].includes(status) },
  { step: "suspend", label: "Suspend", from: (status) => status === "ACTIVE" },
  { step: "unsuspend", label: "Unsuspend", from: (status) => status === "SUSPENDED" },
  { step: "deactivate", label: "Deactivate", from: (status) => status !== "DEPROVISIONED" },
];

/** What an admin can do with one person of the sandbox org. */
export function PersonActions({ person }: { person: Person }) {
  const act = useSandboxAction(`Done for ${person.name}.`);
  const [editing, edit] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={act.isPending}
            aria-label={`Actions for ${person.name}`}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={edit.open} disabled={person.status === "DEPROVISIONED"}>
            Edit profile
          </Menu.Item>
          {STEPS.filter(({ from }) => from(person.status)).map(({ step, label }) => (
            <Menu.Item key={step} onClick={() => act.mutate({ action: step, userId: person.id })}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {editing ? <EditProfile person={person} onClose={edit.close} /> : null}
    </>
  );
}

function EditProfile({ person, onClose }: { person: Person; onClose: () => void }) {
  const [profile, setProfile] = useState({
    department: person.department ?? "",
    title: person.title ?? "",
    userType: person.userType ?? "",
  });
  const save = useSandboxAction(`The profile of ${person.name} was updated.`, onClose);
  const input = (key: keyof typeof profile, label: string) => (
    <TextInput
      label={label}
      value={profile[key]}
      onChange={(event) => setProfile({ ...profile, [key]: event.currentTarget.value })}
    />
  );
  return (
    <Dialog onClose={onClose} title={`Edit ${person.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ action: "updateProfile", userId: person.id, profile });
        }}
      >
        <Stack>
          {input("department", "Department")}
          {input("title", "Title")}
          {input("userType", "User type")}
          <DialogButtons onCancel={onClose} confirm="Save" busy={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
