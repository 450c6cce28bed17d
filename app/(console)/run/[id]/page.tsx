import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RunResult } from "#components/run-by-hand/run-result.tsx";
import { idParams } from "#lib/api/common.ts";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Run" };

export default async function OneRunPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  const { id } = await params;
  if (!idParams.safeParse({ id }).success) notFound();
  return <RunResult key={id} id={id} />;
}
