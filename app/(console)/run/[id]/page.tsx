import type { Metadata } from "next";
import { RunResult } from "#components/run-by-hand/run-result.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Run by hand" };

export default async function OneRunPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  const { id } = await params;
  return <RunResult key={id} id={id} />;
}
