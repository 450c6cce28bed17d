"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { call } from "#lib/api/client.ts";
import { signIn } from "#lib/api/sign-in.ts";
import { AccountCard } from "./account-card.tsx";
import { FormProblemAlert } from "./form-problem.tsx";
import { useAccountForm } from "./use-account-form.ts";

/** @param next path of this console to go on to */
export function SignInForm({ next }: { next: string }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useAccountForm(() => call(signIn, { body: { email, password } }), next);
  return (
    <AccountCard title="Sign in" text="Use the account of this console, not your Okta account.">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <FormProblemAlert problem={problem} />
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={problem?.fields.email}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
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
