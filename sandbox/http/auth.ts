import type { IncomingMessage } from "node:http";
import { bearer, type Principal } from "../oauth/bearer.ts";
import { rightsOf } from "../org/admin-roles.ts";
import { type Org, userParty } from "../org/org.ts";
import { OktaProblem, problem } from "./problem.ts";
import { mayCall } from "./rights.ts";

/** What is asked for: the scope of an access token depends on it. */
export interface Asked {
  method: string;
  path: string;
  template: string;
}

/**
 * Who a request acts as. Throws 401 E0000011 for a missing, wrong, idle or orphaned token (it dies with its admin),
 * 403 without a body for an access token without the scope, 403 E0000006 for what the roles do not allow.
 */
export function authenticate(request: IncomingMessage, org: Org, asked: Asked): Principal {
  const [name = "", token = ""] = (request.headers.authorization ?? "").split(" ", 2);
  const scheme = name.toUpperCase();
  const principal =
    scheme === "BEARER" || scheme === "DPOP"
      ? bearer({ ...asked, org, scheme, token, host: String(request.headers.host), proof: proofOf(request) })
      : ownerOf(scheme === "SSWS" ? token : "", org);
  if (!mayCall(principal.rights, asked.method, asked.template)) throw problem("E0000006");
  return principal;
}

function ownerOf(token: string, org: Org): Principal {
  const owner = org.users.byId(org.apiTokens.use(token, org.now())?.userId ?? "");
  if (!owner || owner.status === "DEPROVISIONED" || owner.status === "SUSPENDED") throw invalidToken();
  return { party: userParty(owner), rights: rightsOf(org, owner) };
}

function proofOf(request: IncomingMessage): string | undefined {
  const proof = request.headers.dpop;
  return typeof proof === "string" ? proof : undefined;
}

function invalidToken(): OktaProblem {
  const { status, code, message } = problem("E0000011");
  return new OktaProblem(status, code, message, [], { "www-authenticate": 'SSWS realm="Okta"' });
}
