import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import { env } from "../env/env.ts";
import { ApiProblem } from "../http/problem.ts";
import { oauthUrl } from "../okta/oauth/oauth-request.ts";
import { aliasTaken, readOrgUrl } from "./create-connection.ts";
import { openCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { BASE_SCOPES, knownScopes, neededScopes, SUGGESTED_SCOPES, withoutCovered } from "./needed-scopes.ts";
import { keepAttempt } from "./oauth-attempts.ts";
import { authorizeServiceAgain } from "./service-app.ts";

/** What the admin enters for an app that acts by consent. */
export interface NewConsent {
  name: string;
  alias: string;
  orgUrl: string;
  clientId: string;
  clientSecret?: string;
  /** Asked for besides those that are needed. */
  scopes?: string[];
}

/** Scopes that say who consented and allow renewing; they need no grant in Okta. */
const PERSON_SCOPES = ["openid", "profile", "offline_access"];

/** Where Okta sends the admin back to: what the app's settings in Okta must have, to the letter. */
export function redirectUri(): string {
  return `${env().consoleUrl}/oauth/callback`;
}

/** What the forms show before anything is entered. */
export async function oauthFacts(actor: Actor) {
  authorize(actor, "connections.read");
  return {
    redirectUri: redirectUri(),
    baseScopes: [...BASE_SCOPES],
    suggestedScopes: [...SUGGESTED_SCOPES],
    knownScopes: knownScopes(),
  };
}

/**
 * Begins connecting an org by an admin's consent.
 * @returns the org's page where he gives it; Okta sends him back to `redirectUri`
 * @throws ApiProblem bad-request for an address that can't be used, conflict when the alias is taken, forbidden for
 *   API tokens: there is no browser to send anywhere
 */
export async function beginAuthorization(actor: Actor, input: NewConsent): Promise<{ authorizeUrl: string }> {
  authorize(actor, "connections.manage");
  const { name, alias, clientId, clientSecret } = input;
  const orgUrl = readOrgUrl(input.orgUrl);
  if (await database().prisma.connection.findUnique({ where: { alias } })) throw aliasTaken(alias);
  const consent = { orgUrl, name, alias, clientId, clientSecret };
  return begin(actor, null, consent, [...(await neededScopes(alias)), ...(input.scopes ?? [])]);
}

/**
 * Authorizes a connection again: with the scopes its flows need now, those it has, and those asked for. A consent is
 * given in the browser; a service app gets its token here.
 * @returns the org's page to go to; null when it is done already
 * @throws ApiProblem conflict for a connection with an API token
 */
export async function authorizeAgain(
  actor: Actor,
  id: string,
  input: { clientSecret?: string; scopes?: string[] },
): Promise<{ authorizeUrl: string | null }> {
  authorize(actor, "connections.manage");
  const connection = await connectionById(id);
  const { alias, name, orgUrl } = connection;
  const credentials = openCredentials(connection);
  const scopes = withoutCovered([
    ...(await neededScopes(alias)),
    ...connection.scopes,
    ...(input.scopes ?? []),
  ]);
  switch (credentials.kind) {
    case "apiToken":
      throw new ApiProblem("conflict", `${name} uses an API token, which needs no authorization.`, {
        hint: "Give it a new token, or connect the org by OAuth as another connection.",
      });
    case "service":
      await authorizeServiceAgain(actor, connection, credentials, scopes);
      return { authorizeUrl: null };
    case "oauth": {
      const { clientId } = credentials;
      const clientSecret = input.clientSecret ?? credentials.clientSecret;
      return begin(actor, id, { orgUrl, name, alias, clientId, clientSecret }, scopes);
    }
  }
}

async function begin(
  actor: Actor,
  connectionId: string | null,
  consent: { orgUrl: string; name: string; alias: string; clientId: string; clientSecret?: string },
  scopes: string[],
): Promise<{ authorizeUrl: string }> {
  if (actor.kind !== "user") {
    throw new ApiProblem("forbidden", "Consent is given by a person in a browser, not by an API token.", {
      hint: "Sign in to the console, or connect a service app.",
    });
  }
  const verifier = randomBytes(32).toString("base64url");
  const nonce = randomBytes(16).toString("base64url");
  const uri = redirectUri();
  const content = { kind: "consent", ...consent, redirectUri: uri, verifier, nonce } as const;
  const { state } = await keepAttempt(actor.id, { connectionId, content });
  const url = oauthUrl(consent.orgUrl, "authorize");
  url.search = new URLSearchParams({
    client_id: consent.clientId,
    response_type: "code",
    response_mode: "query",
    redirect_uri: uri,
    scope: [...PERSON_SCOPES, ...withoutCovered(scopes)].join(" "),
    state,
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const detail = { orgUrl: consent.orgUrl, clientId: consent.clientId };
  await audit(actor, "connection.authorize.begin", connectionId ?? undefined, detail);
  return { authorizeUrl: url.href };
}
