import type { Metadata } from "next";
import { ExecutionPage } from "#components/execution-view/execution-page.tsx";

export const metadata: Metadata = { title: "Execution" };

export default async function OneExecutionPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ExecutionPage key={id} id={id} />;
}
