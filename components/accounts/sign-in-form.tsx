"use client";

import { PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { call } from "#lib/api/client.ts";
import { signIn } from "#lib/api/sign-in.ts";
import { AccountForm } from "./account-form.tsx";

/** @param next path of this console to go on to */
export function SignInForm({ next }: { next: string }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <AccountForm
      title="Sign in"
      text="Use the account of this console, not your Okta account."
      confirm="Sign in"
      send={() => call(signIn, { body: { email, password } })}
      next={next}
    >
      {(problems) => (
        <>
          <TextInput
            label="Email address"
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={problems.email}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={problems.password}
          />
        </>
      )}
    </AccountForm>
  );
}
