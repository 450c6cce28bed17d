import type { Metadata } from "next";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function Settings() {
  await requirePageActor();
  return <SettingsPage />;
}
