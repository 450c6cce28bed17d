import { CardError } from "../../cards/errors.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { audit } from "../audit/audit.ts";
import { ApiProblem } from "../http/problem.ts";
import { verifyIdToken } from "../okta/oauth/id-token.ts";
import { orgKeys } from "../okta/oauth/org-keys.ts";
import { requestToken, type Tokens } from "../okta/oauth/request-token.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { askOrg } from "./ask-org.ts";
import { tokensAuthorizer } from "./authorizer-of.ts";
import { markConnected } from "./connection-state.ts";
import { insertConnection } from "./create-connection.ts";
import { type AppCredentials, keptTokens, openCredentials, sealCredentials } from "./credentials.ts";
import { connectionById } from "./find-connection.ts";
import { syncHook } from "./hook.ts";
import { missingScopes, neededScopes } from "./needed-scopes.ts";
import { type Begun, takeAttempt } from "./oauth-attempts.ts";
import { whileTokensRest } from "./renew-tokens.ts";
import { revokeCredentials } from "./revoke-credentials.ts";

/** How an authorization ended, in sentences for the connections page. */
export interface Outcome {
  ok: boolean;
  message: string;
  hint?: string;
}

type Consent = Begun<"consent">;

/**
 * Goes on where Okta sends the admin back to. Never throws for what may come from outside: every way it can fail is a
 * sentence. Nothing of the address is believed before its `state` is known to be this account's own attempt.
 * @param query of the callback: `code` or `error`, and `state`
 */
export async function finishAuthorization(actor: Actor, query: URLSearchParams): Promise<Outcome> {
  authorize(actor, "connections.manage");
  const begun = await takeAttempt(actor.id, query.get("state") ?? "", "consent");
  if (!begun) {
    return {
      ok: false,
      message:
        "This authorization was not begun in your session, was used already, or took longer than 10 minutes.",
      hint: "Begin again from here.",
    };
  }
  const { orgUrl } = begun.content;
  const host = new URL(orgUrl).host;
  const issuer = query.get("iss");
  if (issuer !== null && issuer !== orgUrl) {
    return { ok: false, message: `The answer came from ${issuer}, not from ${orgUrl}; it was not used.` };
  }
  const error = query.get("error");
  if (error !== null) {
    const said = (query.get("error_description") ?? error).slice(0, 300);
    return { ok: false, message: `${host} did not authorize the app: ${said}`, hint: ERROR_HINTS[error] };
  }
  const code = query.get("code");
  if (!code)
    return { ok: false, message: `${host} sent no authorization code.`, hint: "Begin again from here." };
  try {
    return await settle(actor, begun, code);
  } catch (thrown) {
    if (thrown instanceof CardError) return { ok: false, message: thrown.message, hint: thrown.details.hint };
    if (thrown instanceof ApiProblem) return { ok: false, message: thrown.message, hint: thrown.body.hint };
    throw thrown;
  }
}

const ERROR_HINTS: Record<string, string> = {
  access_denied: "Sign in to Okta as an admin who is assigned to the app.",
  invalid_scope:
    "In Okta, open the app's tab Okta API Scopes and grant at least one of the scopes shown here.",
  unsupported_response_type: "In Okta, allow the app the grant type Authorization Code.",
  unauthorized_client: "In Okta, allow the app the grant types Authorization Code and Refresh Token.",
};

async function settle(actor: Actor, begun: Consent, code: string): Promise<Outcome> {
  const { orgUrl, clientId, clientSecret, redirectUri, verifier } = begun.content;
  const tokens = await requestToken({
    orgUrl,
    app: { clientId, clientSecret },
    form: { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier },
  });
  const credentials = { kind: "oauth", clientId, clientSecret, tokens: keptTokens(tokens) } as const;
  const id = await keep(actor, begun, tokens, credentials).catch(async (error: unknown) => {
    // Tokens that nothing holds would stay good at the org.
    await revokeCredentials(orgUrl, credentials);
    throw error;
  });
  await syncHook(id);
  return outcomeFor(id, tokens);
}

async function keep(
  actor: Actor,
  { connectionId, content }: Consent,
  tokens: Tokens,
  credentials: AppCredentials,
): Promise<string> {
  const { orgUrl, clientId, nonce, name, alias } = content;
  const login = tokens.idToken
    ? verifyIdToken(tokens.idToken, {
        issuer: orgUrl,
        clientId,
        nonce,
        now: Date.now(),
        keys: await orgKeys(orgUrl),
      })
    : null;
  const authorizer = tokensAuthorizer(orgUrl, "oauth", keptTokens(tokens));
  const identity = await askOrg(createOktaClient({ orgUrl, authorizer }), "oauth");
  const facts = {
    orgName: identity.orgName,
    adminLogin: login ?? identity.adminLogin,
    auth: "oauth",
    clientId,
    scopes: tokens.scopes.filter((scope) => scope.startsWith("okta.")),
    tokenExpiresAt: new Date(tokens.expiresAt),
  };
  if (connectionId === null) {
    const input = {
      name,
      alias,
      orgUrl,
      credentials,
      identity: facts,
      createdBy: actor.name,
      createdById: actor.id,
    };
    const id = await insertConnection(input);
    await audit(actor, "connection.create", id, { alias, orgUrl, clientId, auth: "oauth" });
    return id;
  }
  await whileTokensRest(connectionId, async () => {
    const before = await connectionById(connectionId);
    const old = openCredentials(before);
    const data = {
      ...facts,
      ...sealCredentials(connectionId, credentials),
      createdById: actor.id,
      createdBy: actor.name,
    };
    await markConnected(connectionId, data, actor.name);
    if (old.kind !== "apiToken") await revokeCredentials(before.orgUrl, old);
  });
  await audit(actor, "connection.authorize", connectionId, { clientId });
  return connectionId;
}

async function outcomeFor(id: string, tokens: Tokens): Promise<Outcome> {
  const { name, alias, scopes } = await connectionById(id);
  const missing = missingScopes(scopes, await neededScopes(alias));
  if (!tokens.refreshToken) {
    return {
      ok: true,
      message: `${name} is authorized, but only until its access token ends.`,
      hint: "In Okta, allow the app the grant type Refresh Token, then authorize again.",
    };
  }
  if (missing.length > 0) {
    return {
      ok: true,
      message: `${name} is authorized, but lacks ${missing.join(", ")}.`,
      hint: "Grant them to the app in Okta (tab Okta API Scopes), then authorize again.",
    };
  }
  return { ok: true, message: `${name} is authorized.` };
}
