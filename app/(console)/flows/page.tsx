import type { Metadata } from "next";
import { FlowList } from "#components/flows/flow-list.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Flows" };

export default async function FlowsPage() {
  await requirePageActor();
  return <FlowList />;
}
