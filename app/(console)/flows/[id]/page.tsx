import type { Metadata } from "next";
import { BuilderPage } from "#components/builder/builder-page.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Flow" };

export default async function FlowPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  return <BuilderPage id={(await params).id} />;
}
