"use client";

import { Stack } from "@mantine/core";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { SessionPanel } from "./session-panel.tsx";
import { TokenPanel } from "./token-panel.tsx";

/** Who is signed in where, and which programs may use the API. */
export function SettingsPage() {
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="API tokens for scripts, and the browsers you are signed in with."
      />
      <Stack>
        <TokenPanel />
        <SessionPanel />
      </Stack>
    </Page>
  );
}
