import { createHash, randomBytes } from "node:crypto";
import type { Answer, Call } from "../http/router.ts";
import { userParty } from "../org/org.ts";
import { clientParty } from "./authorize.ts";
import { clientOf, formOf } from "./client-auth.ts";
import type { ClientRecord, Grant } from "./clients.ts";
import { checkProof } from "./dpop.ts";
import { signJwt } from "./jwt.ts";
import { oauthProblem } from "./oauth-problem.ts";
import { covers, grantedScopes } from "./scopes.ts";
import { ACCESS_LIFETIME_MS, type CodeRecord, REFRESH_LIFETIME_MS, type TokenRecord } from "./state.ts";

/** What a grant decided: for whom, for what. */
interface Decision {
  userId: string | null;
  scopes: string[];
  family: string;
  /** The refresh token to answer; undefined for none. */
  refresh?: TokenRecord;
  nonce?: string | null;
}

/** POST /oauth2/v1/token: authorization_code, refresh_token, client_credentials. */
export function token(call: Call): Answer {
  const form = formOf(call);
  const client = clientOf(call);
  const jkt = boundKey(call, client);
  const grant = form.get("grant_type");
  const decide = GRANTS[grant as Grant];
  if (!decide)
    throw oauthProblem(400, "unsupported_grant_type", "The authorization grant type is not supported.");
  if (!client.grants.includes(grant as Grant))
    throw oauthProblem(400, "unauthorized_client", `The client may not use the grant type ${grant}.`);
  return grantAnswer(call, client, decide(call, client, form, jkt), jkt);
}

/** The thumbprint a new token is bound to. A client with DPoP has to bring a proof, and the org's nonce in it. */
function boundKey(call: Call, client: ClientRecord): string | null {
  if (!client.dpop) return null; // Okta ignores a proof nobody asked for
  const { org, method, path, headers } = call;
  const proof = headers.dpop;
  if (typeof proof !== "string")
    throw oauthProblem(400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
  const checked = checkProof({ org, proof, method, path, host: String(headers.host) });
  if ("wrong" in checked) throw oauthProblem(400, "invalid_dpop_proof", checked.wrong);
  if (checked.nonce !== org.oauth.nonce)
    throw oauthProblem(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.", {
      "dpop-nonce": org.oauth.nonce,
    });
  return checked.jkt;
}

const GRANTS: Record<
  Grant,
  (call: Call, client: ClientRecord, form: URLSearchParams, jkt: string | null) => Decision
> = {
  authorization_code: (call, client, form, jkt) => {
    const code = takeCode(call, client, form);
    const family = randomBytes(12).toString("base64url");
    const decision = { userId: code.userId, scopes: code.scopes, family, nonce: code.nonce };
    const lasting = code.scopes.includes("offline_access") && client.grants.includes("refresh_token");
    return lasting ? { ...decision, refresh: newRefresh(call, client, decision, jkt) } : decision;
  },

  refresh_token: (call, client, form, jkt) => {
    const { org } = call;
    const known = org.oauth.find(form.get("refresh_token") ?? "");
    const good =
      known?.kind === "refresh" &&
      known.clientId === client.id &&
      known.jkt === jkt &&
      known.expiresAt > org.now() &&
      org.users.byId(known.userId ?? "")?.status === "ACTIVE";
    if (!good) throw invalidGrant("The refresh token is invalid or expired.");
    // Used again after its grace, a replaced token may have been stolen: everything of this authorization ends.
    if (known.replacedAt !== null && org.now() - known.replacedAt > client.graceSeconds * 1000) {
      org.oauth.revoke(known);
      throw invalidGrant("The refresh token is invalid or expired.");
    }
    const asked = form.get("scope")?.split(" ").filter(Boolean);
    if (asked?.some((scope) => !covers(known.scopes, scope)))
      throw oauthProblem(400, "invalid_scope", "The requested scope exceeds the scope granted at first.");
    const decision = { userId: known.userId, scopes: asked ?? known.scopes, family: known.family };
    if (!client.rotate) return { ...decision, refresh: known };
    known.replacedAt ??= org.now();
    const whole = { ...decision, scopes: known.scopes };
    return { ...decision, refresh: newRefresh(call, client, whole, jkt) };
  },

  client_credentials: (_call, client, form) => {
    if (client.auth !== "private_key_jwt")
      throw oauthProblem(400, "invalid_client", "Service apps must authenticate with private_key_jwt.");
    const scopes = grantedScopes(client, form.get("scope"), false);
    return { userId: null, scopes, family: randomBytes(12).toString("base64url") };
  },
};

function takeCode(call: Call, client: ClientRecord, form: URLSearchParams): CodeRecord {
  const { oauth, users } = call.org;
  const text = form.get("code") ?? "";
  const code = oauth.codes.get(text);
  oauth.codes.delete(text); // good or not, a code is tried once
  const good =
    code &&
    code.clientId === client.id &&
    code.expiresAt > call.org.now() &&
    users.byId(code.userId)?.status === "ACTIVE";
  if (!good) throw invalidGrant("The authorization code is invalid or has expired.");
  if (code.redirectUri !== form.get("redirect_uri"))
    throw invalidGrant("The 'redirect_uri' does not match the one of the authorization request.");
  const verifier = form.get("code_verifier") ?? "";
  const made = createHash("sha256").update(verifier).digest("base64url");
  if (code.challenge !== null && made !== code.challenge) throw invalidGrant("PKCE verification failed.");
  return code;
}

function newRefresh(
  call: Call,
  client: ClientRecord,
  decision: Pick<Decision, "userId" | "scopes" | "family">,
  jkt: string | null,
): TokenRecord {
  return record(call, client, decision, jkt, "refresh", REFRESH_LIFETIME_MS);
}

function record(
  call: Call,
  client: ClientRecord,
  { userId, scopes, family }: Pick<Decision, "userId" | "scopes" | "family">,
  jkt: string | null,
  kind: TokenRecord["kind"],
  lifetime: number,
): TokenRecord {
  const now = call.org.now();
  const made: TokenRecord = {
    token: randomBytes(36).toString("base64url"),
    kind,
    family,
    clientId: client.id,
    userId,
    scopes,
    issuedAt: now,
    expiresAt: now + lifetime,
    jkt,
    replacedAt: null,
  };
  call.org.oauth.add(made, now);
  return made;
}

function grantAnswer(call: Call, client: ClientRecord, decision: Decision, jkt: string | null): Answer {
  const { org, origin } = call;
  const access = record(call, client, decision, jkt, "access", ACCESS_LIFETIME_MS);
  const user = decision.userId ? org.users.byId(decision.userId) : undefined;
  org.log.write({
    eventType: "app.oauth2.token.grant",
    origin: { ...origin, actor: user ? userParty(user) : clientParty(client) },
    target: [clientParty(client)],
    debugData: {
      grantedScopes: decision.scopes.join(","),
      grantType: String(formOf(call).get("grant_type")),
    },
  });
  const seconds = Math.floor(access.issuedAt / 1000);
  return {
    status: 200,
    body: {
      token_type: jkt ? "DPoP" : "Bearer",
      expires_in: ACCESS_LIFETIME_MS / 1000,
      access_token: access.token,
      scope: decision.scopes.join(" "),
      ...(decision.refresh ? { refresh_token: decision.refresh.token } : {}),
      ...(user && decision.scopes.includes("openid")
        ? {
            id_token: signJwt({
              sub: user.id,
              iss: org.baseUrl,
              aud: client.id,
              iat: seconds,
              exp: seconds + 3600,
              name: userParty(user).displayName,
              preferred_username: user.profile.login,
              email: user.profile.email,
              ...(decision.nonce ? { nonce: decision.nonce } : {}),
            }),
          }
        : {}),
    },
  };
}

const invalidGrant = (description: string) => oauthProblem(400, "invalid_grant", description);
