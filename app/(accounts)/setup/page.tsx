import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "#components/accounts/setup-form.tsx";
import { setupNeeded } from "#lib/server/accounts/setup.ts";

export const metadata: Metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetupPage() {
  if (!(await setupNeeded())) redirect("/flows");
  return <SetupForm />;
}
