"use client";

import { Button, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { acceptInvite } from "#lib/api/accounts.ts";
import { call } from "#lib/api/client.ts";
import { AccountCard } from "./account-card.tsx";
import { FormProblemAlert } from "./form-problem.tsx";
import { useAccountForm } from "./use-account-form.ts";

/** What an invitation's link opens: chooses the password and signs in. The link's secret stands behind its #. */
export function InviteForm() {
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useAccountForm(
    () => call(acceptInvite, { body: { token: window.location.hash.slice(1) || "none", password } }),
    "/flows",
  );
  return (
    <AccountCard title="Choose your password" text="You were invited to this console. The link works once.">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <FormProblemAlert problem={problem} />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            autoComplete="new-password"
            autoFocus
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={problem?.fields.password}
          />
          <Button type="submit" loading={busy} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
    </AccountCard>
  );
}
