import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ExecutionPage } from "#components/execution-view/execution-page.tsx";
import { idParams } from "#lib/api/common.ts";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Execution" };

export default async function OneExecutionPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  const { id } = await params;
  if (!idParams.safeParse({ id }).success) notFound();
  return <ExecutionPage key={id} id={id} />;
}
