import { CardError } from "../../cards/errors.ts";
import type { Authorizer } from "./authorizer.ts";
import { createOktaClient } from "./okta-http-client.ts";

/**
 * A document every org shows to everybody: reading it changes nothing, needs no credentials, and meets neither the rate
 * limits nor the scopes of the cards. Source: Okta API reference, "Org Setting", Well-Known Org Metadata.
 */
const PATH = "/.well-known/okta-organization";
const WITHIN_MS = 10_000;

const nobody: Authorizer = {
  kind: "token",
  authorize: () => Promise.resolve({ headers: {}, token: "" }),
  renewed: () => Promise.resolve(false),
};

/**
 * Asks an org whether it is up. Never rejects.
 *
 * @param orgUrl origin of the org
 * @returns undefined when it answers; otherwise why it is held for down, to be put behind "the org is down: "
 */
export async function askWhetherUp(orgUrl: string): Promise<string | undefined> {
  try {
    const client = createOktaClient({ orgUrl, authorizer: nobody, timeoutMs: WITHIN_MS });
    await client.request({ method: "GET", path: PATH, refusals: "give" });
    return undefined;
  } catch (error) {
    // A refusal, a rate limit, an answer that can't be read: somebody is there.
    if (!(error instanceof CardError) || error.details.kind !== "unavailable") return undefined;
    const { status } = error.details;
    if (status === undefined) return "it does not answer";
    return status >= 500 ? `it answers ${status}` : undefined;
  }
}
