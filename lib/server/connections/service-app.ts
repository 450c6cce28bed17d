import type { ConnectionView } from "../../api/connections.ts";
import { CardError } from "../../cards/errors.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";
import { ApiProblem } from "../http/problem.ts";
import { newKey, type PublicJwk, publicJwk } from "../okta/oauth/key-pair.ts";
import { requestToken, type Tokens } from "../okta/oauth/request-token.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { askOrg, type OrgIdentity } from "./ask-org.ts";
import { tokensAuthorizer } from "./authorizer-of.ts";
import { markConnected } from "./connection-state.ts";
import { connectionView } from "./connection-view.ts";
import { aliasTaken, insertConnection, readOrgUrl } from "./create-connection.ts";
import { type AppCredentials, appOf, keptTokens, sealCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { syncHook } from "./hook.ts";
import { neededScopes, withoutCovered } from "./needed-scopes.ts";
import { keepAttempt, readAttempt, takeAttempt } from "./oauth-attempts.ts";
import { whileTokensRest } from "./renew-tokens.ts";

type ServiceCredentials = Extract<AppCredentials, { kind: "service" }>;

/** What the admin enters for a service app. */
export interface NewServiceApp {
  /** From `createServiceKey`. */
  key: string;
  name: string;
  alias: string;
  orgUrl: string;
  clientId: string;
  scopes?: string[];
}

/** Makes the key pair of a service app. The private part is sealed here at once; the public one goes to Okta. */
export async function createServiceKey(
  actor: Actor,
): Promise<{ key: string; publicKey: PublicJwk; expiresAt: string }> {
  authorize(actor, "connections.manage");
  const key = newKey();
  const { state, expiresAt } = await keepAttempt(actor.id, {
    connectionId: null,
    content: { kind: "key", key },
  });
  return { key: state, publicKey: publicJwk(key), expiresAt: expiresAt.toISOString() };
}

/**
 * Connects an org as a service app: the key is tried first, nothing is stored when the org refuses it, and the key
 * stays usable for another try.
 * @throws ApiProblem bad-request, conflict, upstream-failed
 */
export async function connectServiceApp(actor: Actor, input: NewServiceApp): Promise<ConnectionView> {
  authorize(actor, "connections.manage");
  const { name, alias, clientId } = input;
  const orgUrl = readOrgUrl(input.orgUrl);
  const begun = await readAttempt(actor.id, input.key, "key");
  if (!begun) {
    throw new ApiProblem("conflict", "This key was used already, or was made more than an hour ago.", {
      hint: "Make a new one, and enter its public part in Okta.",
    });
  }
  if (await database().prisma.connection.findUnique({ where: { alias } })) throw aliasTaken(alias);
  const bare: ServiceCredentials = { kind: "service", clientId, key: begun.content.key };
  const scopes = withoutCovered([...(await neededScopes(alias)), ...(input.scopes ?? [])]);
  const { tokens, identity } = await tryService(orgUrl, bare, scopes);
  // Of two at once one has the key.
  if (!(await takeAttempt(actor.id, input.key, "key"))) throw aliasTaken(alias);
  const id = await insertConnection({
    name,
    alias,
    orgUrl,
    credentials: { ...bare, tokens: keptTokens(tokens) },
    identity: { ...identity, ...factsOf(clientId, tokens), publicKey: { ...publicJwk(bare.key) } },
    createdBy: actor.name,
    createdById: actor.kind === "user" ? actor.id : undefined,
  });
  await audit(actor, "connection.create", id, { alias, orgUrl, clientId, auth: "service" });
  await syncHook(id);
  return connectionView(await connectionById(id));
}

/** Gets a service app a token with these scopes, which mends its connection. @throws ApiProblem upstream-failed */
export async function authorizeServiceAgain(
  actor: Actor,
  connection: Connection,
  credentials: ServiceCredentials,
  scopes: string[],
): Promise<void> {
  const { id, orgUrl } = connection;
  const { clientId } = credentials;
  await whileTokensRest(id, async () => {
    const { tokens, identity } = await tryService(orgUrl, credentials, scopes);
    const sealed = sealCredentials(id, { ...credentials, tokens: keptTokens(tokens) });
    const orgName = identity.orgName ?? connection.orgName;
    const by = { createdBy: actor.name, createdById: actor.kind === "user" ? actor.id : null };
    await markConnected(id, { ...factsOf(clientId, tokens), orgName, ...sealed, ...by }, actor.name);
  });
  await audit(actor, "connection.authorize", id, { clientId });
  await syncHook(id);
}

function factsOf(clientId: string, tokens: Tokens) {
  const scopes = tokens.scopes.filter((scope) => scope.startsWith("okta."));
  return { auth: "service", clientId, scopes, tokenExpiresAt: new Date(tokens.expiresAt) };
}

async function tryService(
  orgUrl: string,
  credentials: ServiceCredentials,
  scopes: string[],
): Promise<{ tokens: Tokens; identity: OrgIdentity }> {
  try {
    const form = { grant_type: "client_credentials", scope: scopes.join(" ") };
    const { dpopKey } = credentials.tokens ?? {};
    const tokens = await requestToken({ orgUrl, app: appOf(credentials), form, dpopKey });
    const authorizer = tokensAuthorizer(orgUrl, "service", keptTokens(tokens));
    return { tokens, identity: await askOrg(createOktaClient({ orgUrl, authorizer }), "service") };
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    const asked = error.details.code === "oauth-invalid_scope" ? ` Asked for: ${scopes.join(", ")}.` : "";
    const hint = `${error.details.hint ?? "Check the domain and the app."}${asked}`;
    throw new ApiProblem("upstream-failed", error.message, { hint }, { cause: error });
  }
}
