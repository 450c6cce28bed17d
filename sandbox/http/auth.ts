import type { IncomingMessage } from "node:http";
import type { Org } from "../org/org.ts";
import type { UserRecord } from "../org/users.ts";
import { OktaProblem, problem } from "./problem.ts";

/** The two API tokens of an org. Each acts as the admin the seed made for it. */
export interface Tokens {
  full: string;
  readOnly: string;
}

const WRITERS = ["SUPER_ADMIN", "ORG_ADMIN"];

/**
 * The admin a request acts as. Throws 401 E0000011 for a missing, wrong or orphaned token (it dies with its admin),
 * 403 E0000006 for what the admin's roles do not allow.
 */
export function authenticate(request: IncomingMessage, org: Org, tokens: Tokens, write: boolean): UserRecord {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ", 2);
  const owner = scheme?.toUpperCase() === "SSWS" ? ownerOf(token, org, tokens) : undefined;
  if (!owner || owner.status === "DEPROVISIONED" || owner.status === "SUSPENDED") throw invalidToken();
  const allowed = write ? owner.roles.some((role) => WRITERS.includes(role.type)) : owner.roles.length > 0;
  if (!allowed) throw problem("E0000006");
  return owner;
}

function ownerOf(token: string | undefined, org: Org, tokens: Tokens): UserRecord | undefined {
  if (token === tokens.full) return org.users.byId(org.owners.full);
  if (token === tokens.readOnly) return org.users.byId(org.owners.readOnly);
  return undefined;
}

function invalidToken(): OktaProblem {
  const { status, code, message } = problem("E0000011");
  return new OktaProblem(status, code, message, [], { "www-authenticate": 'SSWS realm="Okta"' });
}
