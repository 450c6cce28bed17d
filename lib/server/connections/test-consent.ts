import type { Sandbox } from "../../../sandbox/server.ts";
import type { Actor } from "../accounts/actor.ts";
import { beginAuthorization } from "./begin-authorization.ts";
import { finishAuthorization } from "./finish-authorization.ts";

/** For tests: the web app every sandbox org has. */
export const WEB_APP = {
  clientId: "0oaSandboxWebApp005d",
  clientSecret: "sandbox-client-secret-that-guards-nothing",
};

/** For tests: gives consent as the browser does, and returns what the org sends back. */
export async function giveConsent(authorizeUrl: string): Promise<URLSearchParams> {
  const answer = await fetch(authorizeUrl, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "").searchParams;
}

/** What the form suggests, as far as tests need it. */
const SUGGESTED = ["okta.orgs.read", "okta.users.read"];

/** For tests: connects the sandbox org by consent, from the form to the callback. */
export async function connectByConsent(actor: Actor, sandbox: Sandbox, alias: string, scopes: string[] = []) {
  const asked = [...SUGGESTED, ...scopes];
  const input = { name: `Org ${alias}`, alias, orgUrl: sandbox.url, ...WEB_APP, scopes: asked };
  const { authorizeUrl } = await beginAuthorization(actor, input);
  return finishAuthorization(actor, await giveConsent(authorizeUrl));
}
