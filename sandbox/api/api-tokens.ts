import { bodyObject, objectField, requiredText } from "../http/fields.ts";
import { notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { type ApiTokenRecord, apiTokenJson } from "../org/api-tokens.ts";

const TOKENS = "/api/v1/api-tokens";
const TOKEN = `${TOKENS}/{apiTokenId}`;

/** /api/v1/api-tokens: the SSWS tokens of the org. Okta makes new ones in the Admin Console only. */
export const apiTokenRoutes: Route[] = [
  route("GET", TOKENS, ({ org }) => ({
    status: 200,
    body: [...org.apiTokens.all()].map((token) => apiTokenJson(token, org.baseUrl)),
  })),
  route("DELETE", `${TOKENS}/current`, revokeCurrent),
  route("GET", TOKEN, (call) => answer(call, tokenOf(call))),
  route("PUT", TOKEN, (call) => {
    const token = tokenOf(call);
    const body = bodyObject(call.body);
    token.name = requiredText(body, "name");
    token.network = objectField(body, "network") ?? token.network;
    token.lastUpdated = call.org.timestamp();
    return answer(call, token);
  }),
  route("DELETE", TOKEN, (call) => revoke(call, tokenOf(call))),
];

function answer(call: Call, token: ApiTokenRecord): Answer {
  return { status: 200, body: apiTokenJson(token, call.org.baseUrl) };
}

// An access token is none of these: it is given back at /oauth2/v1/revoke.
function revokeCurrent(call: Call): Answer {
  const [, token = ""] = String(call.headers.authorization ?? "").split(" ", 2);
  const current = call.org.apiTokens.use(token, call.org.now());
  if (!current) throw problem("E0000006");
  return revoke(call, current);
}

function revoke({ org, origin }: Call, token: ApiTokenRecord): Answer {
  org.apiTokens.remove(token);
  org.log.write({
    eventType: "system.api_token.revoke",
    origin,
    target: [{ id: token.id, type: "Token", alternateId: "unknown", displayName: token.name }],
  });
  return { status: 204 };
}

function tokenOf({ org, params }: Call): ApiTokenRecord {
  const id = params.apiTokenId ?? "";
  const found = org.apiTokens.byId(id);
  if (!found) throw notFound(id, "ApiToken");
  return found;
}
