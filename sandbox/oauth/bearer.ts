import { OktaProblem, PlainProblem, problem } from "../http/problem.ts";
import { rightsOf } from "../org/admin-roles.ts";
import type { Party } from "../org/log-record.ts";
import { type Org, userParty } from "../org/org.ts";
import { clientParty } from "./authorize.ts";
import { checkProof } from "./dpop.ts";
import { ALGORITHMS } from "./jwt.ts";
import { covers, scopeOf } from "./scopes.ts";

/** A request to the API with an access token. */
export interface TokenRequest {
  org: Org;
  scheme: "BEARER" | "DPOP";
  token: string;
  method: string;
  path: string;
  template: string;
  host: string;
  proof: string | undefined;
}

/** Who a token acts as, and what they may do: types of standard roles and permissions of custom ones. */
export interface Principal {
  party: Party;
  rights: string[];
}

/**
 * The principal of an access token. Throws 401 E0000011 for one that is unknown, expired, orphaned or without the
 * proof it needs, and 403 with an empty body and `insufficient_scope` in www-authenticate, as real orgs answer.
 */
export function bearer(request: TokenRequest): Principal {
  const { org, method, template, path } = request;
  const known = org.oauth.find(request.token);
  if (known?.kind !== "access" || known.expiresAt <= org.now())
    throw invalid(request, "invalid_token", "The access token is invalid or expired.");
  if ((known.jkt !== null) !== (request.scheme === "DPOP"))
    throw invalid(request, "invalid_token", `The access token is ${known.jkt ? "" : "not "}bound by DPoP.`);
  if (known.jkt !== null) checkBinding(request, known.jkt);
  const user = known.userId === null ? undefined : org.users.byId(known.userId);
  const client = org.oauth.clients.get(known.clientId);
  if (!client || (known.userId !== null && user?.status !== "ACTIVE"))
    throw invalid(request, "invalid_token", "The access token is invalid or expired.");
  const scope = scopeOf(method, template);
  if (scope && !covers(known.scopes, scope)) {
    const description = "The access token provided does not contain the required scopes.";
    const challenge = `${start(request)}, scope="${scope}", error="insufficient_scope", error_description="${description}", resource="${path}"`;
    throw new PlainProblem(403, undefined, { "www-authenticate": challenge });
  }
  return user
    ? { party: userParty(user), rights: rightsOf(org, user) }
    : { party: clientParty(client), rights: client.roles };
}

function checkBinding(request: TokenRequest, jkt: string): void {
  const { proof, token } = request;
  if (proof === undefined)
    throw invalid(request, "invalid_dpop_proof", "The DPoP proof JWT header is missing.");
  const checked = checkProof({ ...request, proof, accessToken: token });
  if ("wrong" in checked) throw invalid(request, "invalid_dpop_proof", checked.wrong);
  if (checked.jkt !== jkt)
    throw invalid(request, "invalid_dpop_proof", "The DPoP proof JWT is of another key than the token.");
}

function start({ org, scheme }: TokenRequest): string {
  const place = `authorization_uri="${org.baseUrl}/oauth2/v1/authorize", realm="${org.baseUrl}"`;
  return scheme === "DPOP" ? `DPoP algs="${ALGORITHMS.join(" ")}", ${place}` : `Bearer ${place}`;
}

function invalid(request: TokenRequest, error: string, description: string): OktaProblem {
  const { status, code, message } = problem("E0000011");
  const challenge = `${start(request)}, error="${error}", error_description="${description}"`;
  return new OktaProblem(status, code, message, [], { "www-authenticate": challenge });
}
