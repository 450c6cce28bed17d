import type { Metadata } from "next";
import { SandboxPage } from "#components/sandbox/sandbox-page.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Sandbox org" };

export default async function Sandbox() {
  await requirePageActor();
  return <SandboxPage />;
}
