"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { call } from "#lib/api/client.ts";
import { createOwner } from "#lib/api/settings.ts";
import { AccountCard } from "./account-card.tsx";
import { FormProblemAlert } from "./form-problem.tsx";
import { useAccountForm } from "./use-account-form.ts";

/** The first visit: creates the owner account and goes on to the flows. */
export function SetupForm() {
  const [owner, setOwner] = useState({ name: "", email: "", password: "" });
  const { busy, problem, submit } = useAccountForm(() => call(createOwner, { body: owner }), "/flows");
  const change = (key: keyof typeof owner) => (event: { currentTarget: { value: string } }) =>
    setOwner({ ...owner, [key]: event.currentTarget.value });
  return (
    <AccountCard
      title="Create the owner account"
      text="This console has no account yet. The owner may do everything in it."
    >
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
            label="Your name"
            autoComplete="name"
            autoFocus
            required
            value={owner.name}
            onChange={change("name")}
            error={problem?.fields.name}
          />
          <TextInput
            label="Email address"
            type="email"
            autoComplete="email"
            required
            value={owner.email}
            onChange={change("email")}
            error={problem?.fields.email}
          />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            autoComplete="new-password"
            required
            value={owner.password}
            onChange={change("password")}
            error={problem?.fields.password}
          />
          <Button type="submit" loading={busy} fullWidth>
            Create account
          </Button>
        </Stack>
      </form>
    </AccountCard>
  );
}
