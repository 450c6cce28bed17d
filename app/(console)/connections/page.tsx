import type { Metadata } from "next";
import { ConnectionList } from "#components/connections/connection-list.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage() {
  await requirePageActor();
  return <ConnectionList />;
}
