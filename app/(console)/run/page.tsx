import type { Metadata } from "next";
import { RunPage } from "#components/run-by-hand/run-page.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Run by hand" };

export default async function RunByHandPage() {
  await requirePageActor();
  return <RunPage />;
}
