import type { Metadata } from "next";
import { InviteForm } from "#components/accounts/invite-form.tsx";

export const metadata: Metadata = { title: "Choose your password" };
export const dynamic = "force-dynamic";

export default function InvitePage() {
  return <InviteForm />;
}
