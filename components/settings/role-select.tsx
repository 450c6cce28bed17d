"use client";

import { Select } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { type AdminView, changeRole, type GivenRole } from "#lib/api/accounts.ts";
import { call } from "#lib/api/client.ts";

export const ROLE_LABELS: Record<AdminView["role"], string> = {
  owner: "Owner",
  admin: "Admin",
  viewer: "Viewer",
};

/** What each role that can be given may do. */
export const ROLE_WORDS: Record<GivenRole, string> = {
  admin: "Builds, publishes and runs flows, and manages connections and API tokens.",
  viewer: "Looks at flows, executions and connections. Changes and runs nothing, and makes no API tokens.",
};

/** What changes with the new role, before it is given. */
const CHANGES: Record<GivenRole, string> = {
  admin: "They may then change and run everything here, but not manage accounts.",
  viewer:
    "They may then look at everything and change nothing, from their next click on. API tokens they made end; what they connected stays.",
};

/** An account's role, to be changed. Asks first: both ways it takes effect at once. */
export function RoleSelect({ id, name, role }: { id: string; name: string; role: GivenRole }) {
  const [wanted, setWanted] = useState<GivenRole>();
  const close = () => setWanted(undefined);
  const change = useAction({
    run: (next: GivenRole) => call(changeRole, { params: { id }, body: { role: next } }),
    failed: "The role was not changed",
    onDone: close,
  });
  const shown = wanted ?? role;
  return (
    <>
      <Select
        size="xs"
        w={110}
        aria-label={`Role of ${name}`}
        allowDeselect={false}
        data={[
          { value: "admin", label: ROLE_LABELS.admin },
          { value: "viewer", label: ROLE_LABELS.viewer },
        ]}
        value={shown}
        onChange={(next) => {
          if ((next === "admin" || next === "viewer") && next !== role) setWanted(next);
        }}
      />
      <ConfirmDialog
        opened={wanted !== undefined}
        onClose={close}
        title={`Make ${name} ${shown === "admin" ? "an admin" : "a viewer"}?`}
        confirm={shown === "admin" ? "Make them an admin" : "Make them a viewer"}
        danger={shown === "viewer"}
        loading={change.isPending}
        onConfirm={() => change.mutate(shown)}
      >
        {CHANGES[shown]}
      </ConfirmDialog>
    </>
  );
}
