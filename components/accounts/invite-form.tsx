"use client";

import { useState } from "react";
import { acceptInvite } from "#lib/api/accounts.ts";
import { call } from "#lib/api/client.ts";
import { AccountForm } from "./account-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** What an invitation's link opens: chooses the password and signs in. The link's secret stands behind its #. */
export function InviteForm() {
  const [password, setPassword] = useState("");
  return (
    <AccountForm
      title="Choose your password"
      text="You were invited to this console. The link works once."
      confirm="Sign in"
      send={() => call(acceptInvite, { body: { token: window.location.hash.slice(1) || "none", password } })}
      next="/flows"
    >
      {(problems) => (
        <NewPassword
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={problems.password}
        />
      )}
    </AccountForm>
  );
}
