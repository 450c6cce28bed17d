"use client";

import { Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import type { Person } from "./use-sandbox.ts";
import { useSandboxAction } from "./use-sandbox-action.ts";

/** Changes what an admin changes most. Only what is different is sent, as Okta's console does: the event names it. */
export function EditPerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const before = {
    department: person.department ?? "",
    title: person.title ?? "",
    userType: person.userType ?? "",
    managerId: person.managerId ?? "",
  };
  const [profile, setProfile] = useState(before);
  const save = useSandboxAction(`The profile of ${person.name} was updated.`, onClose);
  const input = (key: keyof typeof profile, label: string) => (
    <TextInput
      label={label}
      value={profile[key]}
      onChange={(event) => setProfile({ ...profile, [key]: event.currentTarget.value })}
    />
  );
  const keys = ["department", "title", "userType", "managerId"] as const;
  const changed = keys.filter((key) => profile[key] !== before[key]);
  return (
    <Dialog onClose={onClose} title={`Edit ${person.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const changes = Object.fromEntries(changed.map((key) => [key, profile[key]]));
          save.mutate({ action: "updateProfile", userId: person.id, profile: changes });
        }}
      >
        <Stack>
          {input("department", "Department")}
          {input("title", "Title")}
          {input("userType", "User type")}
          {input("managerId", "Manager ID")}
          <DialogButtons
            onCancel={onClose}
            confirm="Save"
            busy={save.isPending}
            disabled={changed.length === 0}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
