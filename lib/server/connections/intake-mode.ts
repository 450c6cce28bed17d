import { env } from "../env/env.ts";
import { isLoopback } from "../okta/org-url.ts";

/** How an org's events reach the console, and why, in words for its admin. */
export interface IntakeMode {
  mode: "hook" | "log";
  explanation: string;
}

/** Okta can call a console with a public address; an org on this machine can call it anyway. */
export function intakeModeFor(orgUrl: string): IntakeMode {
  if (isLoopback(orgUrl)) {
    return { mode: "hook", explanation: "The org is on this machine and calls the console directly." };
  }
  const { publicUrl } = env();
  if (publicUrl) return { mode: "hook", explanation: `Okta calls the console at ${publicUrl}.` };
  return {
    mode: "log",
    explanation:
      "The console has no public address (PUBLIC_URL is not set), so Okta can't call it. The System Log is read every few seconds instead.",
  };
}

/** Where Okta sends a connection's events. */
export function hookAddress(connection: { endpointId: string; orgUrl: string }): string {
  const { publicUrl, port, host } = env();
  // A console that listens everywhere listens on 127.0.0.1 too.
  const local = `http://${["0.0.0.0", "::", "localhost"].includes(host) ? "127.0.0.1" : host}:${port}`;
  const origin = isLoopback(connection.orgUrl) ? local : (publicUrl ?? local);
  return `${origin}/hooks/okta/${connection.endpointId}`;
}
