import type { Metadata } from "next";
import { SandboxPage } from "#components/sandbox/sandbox-page.tsx";

export const metadata: Metadata = { title: "Sandbox org" };

export default function Sandbox() {
  return <SandboxPage />;
}
