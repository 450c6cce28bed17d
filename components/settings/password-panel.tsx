"use client";

import { Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { Panel } from "#components/ui/panel.tsx";
import { changePassword } from "#lib/api/accounts.ts";
import { ApiError, call } from "#lib/api/client.ts";

const EMPTY = { current: "", password: "" };

/** Changes the viewer's own password. */
export function PasswordPanel() {
  const [input, setInput] = useState(EMPTY);
  const change = useAction({
    run: () => call(changePassword, { body: input }),
    failed: "The password was not changed",
    done: "The password was changed. Your other sessions have ended.",
    onDone: () => setInput(EMPTY),
  });
  const problems = change.error instanceof ApiError ? (change.error.body.problems ?? []) : [];
  const problemOf = (field: string) => problems.find(({ path }) => path === `body.${field}`)?.message;
  return (
    <Panel p="lg">
      <Title order={2} size="h4">
        Your password
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Changing it ends your other sessions.
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(undefined);
        }}
      >
        <Stack maw={360}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            value={input.current}
            onChange={(event) => setInput({ ...input, current: event.currentTarget.value })}
            error={problemOf("current")}
          />
          <PasswordInput
            label="New password"
            description="At least 10 characters."
            autoComplete="new-password"
            required
            value={input.password}
            onChange={(event) => setInput({ ...input, password: event.currentTarget.value })}
            error={problemOf("password")}
          />
          <div>
            <Button
              type="submit"
              variant="default"
              loading={change.isPending}
              disabled={!input.current || !input.password}
            >
              Change password
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
