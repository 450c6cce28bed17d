import type { Metadata } from "next";
import { ConnectionList } from "#components/connections/connection-list.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";
import { readOutcomeNote } from "#lib/server/connections/outcome-note.ts";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({
  searchParams,
}: {
  searchParams: Promise<{ outcome?: string | string[] }>;
}) {
  const actor = await requirePageActor();
  const { outcome } = await searchParams;
  return (
    <ConnectionList outcome={typeof outcome === "string" ? readOutcomeNote(actor, outcome) : undefined} />
  );
}
