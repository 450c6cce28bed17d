import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BuilderPage } from "#components/builder/builder-page.tsx";
import { idParams } from "#lib/api/common.ts";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Flow" };

export default async function FlowPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageActor();
  const { id } = await params;
  if (!idParams.safeParse({ id }).success) notFound();
  return <BuilderPage id={id} />;
}
