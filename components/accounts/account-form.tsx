"use client";

import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { AccountCard } from "./account-card.tsx";
import { FormProblemAlert } from "./form-problem.tsx";
import { useAccountForm } from "./use-account-form.ts";

/**
 * The frame of every form outside the console: its card, what went wrong with it, its fields, and the one button.
 *
 * @param props.send sends the form
 * @param props.next address to go to afterwards
 * @param props.children the fields; they get what the API said about each, by its name
 */
export function AccountForm(props: {
  title: string;
  text: string;
  confirm: string;
  send: () => Promise<unknown>;
  next: string;
  children: (problems: Partial<Record<string, string>>) => ReactNode;
}) {
  const { title, text, confirm, send, next, children } = props;
  const { busy, problem, submit } = useAccountForm(send, next);
  return (
    <AccountCard title={title} text={text}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          <FormProblemAlert problem={problem} />
          {children(problem?.fields ?? {})}
          <Button type="submit" loading={busy} fullWidth>
            {confirm}
          </Button>
        </Stack>
      </form>
    </AccountCard>
  );
}
