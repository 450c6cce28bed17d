"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { call } from "#lib/api/client.ts";
import { createOwner } from "#lib/api/settings.ts";
import { AccountForm } from "./account-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** The first visit: creates the owner account and goes on to the flows. */
export function SetupForm() {
  const [owner, setOwner] = useState({ name: "", email: "", password: "" });
  const change = (key: keyof typeof owner) => (event: { currentTarget: { value: string } }) =>
    setOwner({ ...owner, [key]: event.currentTarget.value });
  return (
    <AccountForm
      title="Create the owner account"
      text="This console has no account yet. The owner may do everything in it."
      confirm="Create account"
      send={() => call(createOwner, { body: owner })}
      next="/flows"
    >
      {(problems) => (
        <>
          <TextInput
            label="Your name"
            autoComplete="name"
            autoFocus
            required
            value={owner.name}
            onChange={change("name")}
            error={problems.name}
          />
          <TextInput
            label="Email address"
            type="email"
            autoComplete="email"
            required
            value={owner.email}
            onChange={change("email")}
            error={problems.email}
          />
          <NewPassword value={owner.password} onChange={change("password")} error={problems.password} />
        </>
      )}
    </AccountForm>
  );
}
