import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/accounts/sign-in-form.tsx";
import { safeNextPath } from "#lib/server/accounts/safe-next-path.ts";
import { setupNeeded } from "#lib/server/accounts/setup.ts";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  if (await setupNeeded()) redirect("/setup");
  const { next } = await searchParams;
  return <SignInForm next={safeNextPath(typeof next === "string" ? next : undefined)} />;
}
