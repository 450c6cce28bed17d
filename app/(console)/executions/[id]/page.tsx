import type { Metadata } from "next";
import { ExecutionPage } from "#components/execution-view/execution-page.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Execution" };

export default async function OneExecutionPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  const { id } = await params;
  return <ExecutionPage key={id} id={id} />;
}
