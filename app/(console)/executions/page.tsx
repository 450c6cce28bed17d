import type { Metadata } from "next";
import { ExecutionList } from "#components/executions/execution-list.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";

export const metadata: Metadata = { title: "Executions" };

export default async function ExecutionsPage() {
  await requirePageActor();
  return <ExecutionList />;
}
