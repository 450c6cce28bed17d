"use client";

import { Stack } from "@mantine/core";
import { May, useMay } from "#components/accounts/may.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { AdminPanel } from "./admin-panel.tsx";
import { PasswordPanel } from "./password-panel.tsx";
import { SessionPanel } from "./session-panel.tsx";
import { TokenPanel } from "./token-panel.tsx";

/** Who may use the console, who is signed in where, and which programs may use the API. */
export function SettingsPage() {
  return (
    <Page>
      <PageHeader
        title="Settings"
        description={
          useMay("settings.manage")
            ? "Who may use this console, API tokens for scripts, and the browsers you are signed in with."
            : "Your password, and the browsers you are signed in with."
        }
      />
      <Stack>
        <May permission="settings.manage">
          <AdminPanel />
          <TokenPanel />
        </May>
        <PasswordPanel />
        <SessionPanel />
      </Stack>
    </Page>
  );
}
