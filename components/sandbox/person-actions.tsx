"use client";

import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { EditPerson } from "./edit-person.tsx";
import type { Person } from "./use-sandbox.ts";
import { type SandboxAction, useSandboxAction } from "./use-sandbox-action.ts";

type Step = Exclude<
  Extract<SandboxAction, { userId: string }>,
  { groupId: string } | { appId: string }
>["action"];
type PlainStep = Exclude<Step, "updateProfile" | "deleteUser">;

interface Choice {
  step: PlainStep;
  label: string;
  /** The states Okta allows it from. */
  from: (status: string) => boolean;
}

const ALIVE = (status: string) => !["STAGED", "DEPROVISIONED"].includes(status);
const SIGNS_IN = (status: string) => ["ACTIVE", "PASSWORD_EXPIRED"].includes(status);

/** What an admin does. */
const ADMIN: readonly Choice[] = [
  { step: "activate", label: "Activate", from: (status) => ["STAGED", "DEPROVISIONED"].includes(status) },
  { step: "reactivate", label: "Reactivate", from: (status) => ["PROVISIONED", "RECOVERY"].includes(status) },
  { step: "unlock", label: "Unlock", from: (status) => status === "LOCKED_OUT" },
  { step: "suspend", label: "Suspend", from: (status) => status === "ACTIVE" },
  { step: "unsuspend", label: "Unsuspend", from: (status) => status === "SUSPENDED" },
  { step: "deactivate", label: "Deactivate", from: (status) => status !== "DEPROVISIONED" },
  { step: "resetPassword", label: "Reset password", from: ALIVE },
  { step: "expirePassword", label: "Expire password", from: (status) => status === "ACTIVE" },
  { step: "resetFactors", label: "Reset factors", from: ALIVE },
  { step: "clearSessions", label: "Clear sessions", from: ALIVE },
];
/** What the person does, which in a real org happens on the sign-in page. */
const PERSON: readonly Choice[] = [
  { step: "signIn", label: "Sign in", from: SIGNS_IN },
  { step: "lockOut", label: "Get the password wrong until locked out", from: SIGNS_IN },
];

/** What an admin can do with one person of the sandbox org. */
export function PersonActions({ person }: { person: Person }) {
  const act = useSandboxAction(`Done for ${person.name}.`);
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const close = () => setDialog(null);
  const items = (choices: readonly Choice[]) =>
    choices
      .filter(({ from }) => from(person.status))
      .map(({ step, label }) => (
        <Menu.Item key={step} onClick={() => act.mutate({ action: step, userId: person.id })}>
          {label}
        </Menu.Item>
      ));
  const theirOwn = items(PERSON);
  const gone = person.status === "DEPROVISIONED";
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
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
          <Menu.Label>As an admin</Menu.Label>
          <Menu.Item onClick={() => setDialog("edit")} disabled={gone}>
            Edit profile
          </Menu.Item>
          {items(ADMIN)}
          {gone ? (
            <Menu.Item color="red" onClick={() => setDialog("delete")}>
              Delete
            </Menu.Item>
          ) : null}
          {theirOwn.length > 0 ? <Menu.Label>As {person.name}</Menu.Label> : null}
          {theirOwn}
        </Menu.Dropdown>
      </Menu>
      {dialog === "edit" ? <EditPerson person={person} onClose={close} /> : null}
      {dialog === "delete" ? <DeletePerson person={person} onClose={close} /> : null}
    </>
  );
}

function DeletePerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const remove = useSandboxAction(`${person.name} was deleted.`, onClose);
  return (
    <Dialog onClose={onClose} title={`Delete ${person.name}?`}>
      <Text size="sm" mb="md">
        Deleted for good, as in Okta. Only someone who is deactivated can be deleted. “Reset” brings the
        people of the beginning back, and only those.
      </Text>
      <DialogButtons
        onCancel={onClose}
        confirm="Delete"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ action: "deleteUser", userId: person.id })}
      />
    </Dialog>
  );
}
