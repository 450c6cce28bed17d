import type { IncomingMessage } from "node:http";
import { bearer, type Principal } from "../oauth/bearer.ts";
import { type Org, userParty } from "../org/org.ts";
import { OktaProblem, problem } from "./problem.ts";

/** The two API tokens of an org. Each acts as the admin the seed made for it. */
export interface Tokens {
  full: string;
  readOnly: string;
}

/** What is asked for: the scope of an access token depends on it. */
export interface Asked {
  method: string;
  path: string;
  template: string;
}

const WRITERS = ["SUPER_ADMIN", "ORG_ADMIN"];

/**
 * Who a request acts as. Throws 401 E0000011 for a missing, wrong or orphaned token (it dies with its admin),
 * 403 without a body for an access token without the scope, 403 E0000006 for what the roles do not allow.
 */
export function authenticate(request: IncomingMessage, org: Org, tokens: Tokens, asked: Asked): Principal {
  const [name = "", token = ""] = (request.headers.authorization ?? "").split(" ", 2);
  const scheme = name.toUpperCase();
  const principal =
    scheme === "BEARER" || scheme === "DPOP"
      ? bearer({ ...asked, org, scheme, token, host: String(request.headers.host), proof: proofOf(request) })
      : ownerOf(scheme === "SSWS" ? token : "", org, tokens);
  const { roles } = principal;
  const reads = asked.method === "GET" || asked.method === "HEAD";
  if (reads ? roles.length === 0 : !roles.some((role) => WRITERS.includes(role))) throw problem("E0000006");
  return principal;
}

function ownerOf(token: string, org: Org, tokens: Tokens): Principal {
  const id = token === tokens.full ? org.owners.full : token === tokens.readOnly ? org.owners.readOnly : "";
  const owner = token === "" ? undefined : org.users.byId(id);
  if (!owner || owner.status === "DEPROVISIONED" || owner.status === "SUSPENDED") throw invalidToken();
  return { party: userParty(owner), roles: owner.roles.map((role) => role.type) };
}

function proofOf(request: IncomingMessage): string | undefined {
  const proof = request.headers.dpop;
  return typeof proof === "string" ? proof : undefined;
}

function invalidToken(): OktaProblem {
  const { status, code, message } = problem("E0000011");
  return new OktaProblem(status, code, message, [], { "www-authenticate": 'SSWS realm="Okta"' });
}
