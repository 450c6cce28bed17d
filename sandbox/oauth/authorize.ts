import { randomBytes } from "node:crypto";
import { PlainProblem } from "../http/problem.ts";
import type { Answer, Call } from "../http/router.ts";
import { userParty } from "../org/org.ts";
import { formOf } from "./client-auth.ts";
import type { ClientRecord } from "./clients.ts";
import { oauthProblem } from "./oauth-problem.ts";
import { grantedScopes } from "./scopes.ts";

const CODE_LIFETIME_MS = 300_000;

/**
 * GET or POST /oauth2/v1/authorize. There is no sign-in page: the admin of the API token, or the user `login_hint`
 * names, is taken as signed in and consenting, and the browser is sent back at once.
 */
export function authorize(call: Call): Answer {
  const query = call.method === "POST" ? formOf(call) : call.query;
  const client = call.org.oauth.clients.get(query.get("client_id") ?? "");
  const redirectUri = query.get("redirect_uri") ?? "";
  // Without a client and an address of its own there is nowhere to send the error to.
  if (!client) throw oauthProblem(400, "invalid_client", "Invalid value for 'client_id' parameter.");
  if (!allows(client, redirectUri))
    throw oauthProblem(
      400,
      "invalid_request",
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
    );
  try {
    return back(redirectUri, query, { code: issueCode(call, client, query, redirectUri) });
  } catch (error) {
    if (error instanceof PlainProblem) return back(redirectUri, query, error.fields());
    throw error;
  }
}

function allows(client: ClientRecord, redirectUri: string): boolean {
  return client.redirectUris.some((allowed) =>
    allowed.endsWith("*") ? localStart(redirectUri, allowed.slice(0, -1)) : redirectUri === allowed,
  );
}

// "http://localhost*" must not let "http://localhost.evil.example" in.
function localStart(redirectUri: string, start: string): boolean {
  if (!redirectUri.startsWith(start) || !URL.canParse(redirectUri)) return false;
  return start.endsWith("/") || ["", ":", "/"].includes(redirectUri.charAt(start.length));
}

function issueCode(call: Call, client: ClientRecord, query: URLSearchParams, redirectUri: string): string {
  const { org, origin } = call;
  if (query.get("response_type") !== "code")
    throw oauthProblem(400, "unsupported_response_type", "The sandbox org supports response_type=code.");
  if (!client.grants.includes("authorization_code"))
    throw oauthProblem(400, "unauthorized_client", "The client may not use the authorization code grant.");
  const challenge = query.get("code_challenge");
  if (challenge !== null && query.get("code_challenge_method") !== "S256")
    throw oauthProblem(400, "invalid_request", "The code_challenge_method must be S256.");
  if (challenge === null && client.auth === "none")
    throw oauthProblem(400, "invalid_request", "PKCE code challenge is required when the client is public.");
  const scopes = grantedScopes(client, query.get("scope"), true);
  const hint = query.get("login_hint");
  const user = hint ? org.users.find(hint) : org.users.byId(org.owners.full);
  if (user?.status !== "ACTIVE")
    throw oauthProblem(400, "access_denied", "The user is not allowed to sign in.");
  const code = randomBytes(24).toString("base64url");
  const expiresAt = org.now() + CODE_LIFETIME_MS;
  const nonce = query.get("nonce");
  org.oauth.codes.set(code, {
    clientId: client.id,
    userId: user.id,
    redirectUri,
    scopes,
    challenge,
    nonce,
    expiresAt,
  });
  org.log.write({
    eventType: "app.oauth2.authorize.code",
    origin: { ...origin, actor: userParty(user) },
    target: [clientParty(client)],
  });
  return code;
}

function back(redirectUri: string, query: URLSearchParams, fields: Record<string, string>): Answer {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
  const state = query.get("state");
  if (state !== null) address.searchParams.set("state", state);
  return { status: 302, headers: { location: address.href } };
}

/** A client as actor or target of a log event. */
export function clientParty(client: ClientRecord) {
  return { id: client.id, type: "PublicClientApp", alternateId: client.id, displayName: client.name };
}
