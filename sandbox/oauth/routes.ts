import type { Answer, Call, Route } from "../http/router.ts";
import { route } from "../http/router.ts";
import { loginOf } from "../org/users.ts";
import { authorize, clientParty } from "./authorize.ts";
import { clientOf, formOf } from "./client-auth.ts";
import { ALL_SCOPES, OPENID_SCOPES } from "./clients.ts";
import { ALGORITHMS, serverJwk } from "./jwt.ts";
import { token } from "./token.ts";
import { userinfo } from "./userinfo.ts";

const open = (method: string, template: string, handle: (call: Call) => Answer): Route => ({
  ...route(method, template, handle),
  open: true,
  form: method === "POST",
});

/** The org authorization server: /oauth2/v1. */
export const oauthRoutes: Route[] = [
  open("GET", "/oauth2/v1/authorize", authorize),
  open("POST", "/oauth2/v1/authorize", authorize),
  open("POST", "/oauth2/v1/token", token),
  open("POST", "/oauth2/v1/revoke", revoke),
  open("POST", "/oauth2/v1/introspect", introspect),
  open("GET", "/oauth2/v1/userinfo", userinfo),
  open("POST", "/oauth2/v1/userinfo", userinfo),
  open("GET", "/oauth2/v1/keys", () => ({ status: 200, body: { keys: [serverJwk()] } })),
  open("GET", "/.well-known/openid-configuration", metadata),
  open("GET", "/.well-known/oauth-authorization-server", metadata),
];

// 200 whether the token was known or not; a refresh token takes its access tokens along, not the other way round.
function revoke(call: Call): Answer {
  const { org, origin } = call;
  const client = clientOf(call);
  const known = org.oauth.find(formOf(call).get("token") ?? "");
  if (known?.clientId === client.id) {
    org.oauth.revoke(known);
    org.log.write({
      eventType: "app.oauth2.token.revoke",
      origin: { ...origin, actor: clientParty(client) },
      target: [clientParty(client)],
    });
  }
  return { status: 200 };
}

function introspect(call: Call): Answer {
  const { org } = call;
  const client = clientOf(call);
  const known = org.oauth.find(formOf(call).get("token") ?? "");
  const user = known?.userId ? org.users.byId(known.userId) : undefined;
  const alive =
    known &&
    known.clientId === client.id &&
    known.expiresAt > org.now() &&
    (known.userId === null || user?.status === "ACTIVE");
  if (!alive) return { status: 200, body: { active: false } };
  return {
    status: 200,
    body: {
      active: true,
      scope: known.scopes.join(" "),
      client_id: known.clientId,
      token_type: known.jkt ? "DPoP" : "Bearer",
      iss: org.baseUrl,
      aud: org.baseUrl,
      iat: Math.floor(known.issuedAt / 1000),
      exp: Math.floor(known.expiresAt / 1000),
      sub: user ? loginOf(user) : known.clientId,
      ...(user ? { uid: user.id, username: loginOf(user) } : {}),
      ...(known.jkt ? { cnf: { jkt: known.jkt } } : {}),
    },
  };
}

function metadata({ org }: Call): Answer {
  const at = (name: string) => `${org.baseUrl}/oauth2/v1/${name}`;
  const methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
  return {
    status: 200,
    body: {
      issuer: org.baseUrl,
      authorization_endpoint: at("authorize"),
      token_endpoint: at("token"),
      jwks_uri: at("keys"),
      userinfo_endpoint: at("userinfo"),
      introspection_endpoint: at("introspect"),
      revocation_endpoint: at("revoke"),
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: [...OPENID_SCOPES, ...ALL_SCOPES],
      token_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
      dpop_signing_alg_values_supported: ALGORITHMS,
      code_challenge_methods_supported: ["S256"],
    },
  };
}
