import { ALL_SCOPES, type ClientRecord, OPENID_SCOPES } from "./clients.ts";
import { oauthProblem } from "./oauth-problem.ts";

/**
 * The scopes a token gets: what was asked for and granted to the client. One that was not granted is dropped without
 * a word, as reported of real orgs; one that Okta does not know, or none left, is 400 invalid_scope.
 */
export function grantedScopes(client: ClientRecord, asked: string | null, person: boolean): string[] {
  const names = (asked ?? "").split(" ").filter(Boolean);
  const unknown = names.find((name) => !ALL_SCOPES.includes(name) && !OPENID_SCOPES.includes(name));
  if (unknown !== undefined && !unknown.startsWith("okta.")) throw invalidScope();
  const granted = names.filter(
    (name) => client.scopes.includes(name) || (person && OPENID_SCOPES.includes(name)),
  );
  if (granted.length === 0) throw invalidScope();
  return [...new Set(granted)];
}

const invalidScope = () =>
  oauthProblem(
    400,
    "invalid_scope",
    "One or more scopes are not configured for the authorization server resource.",
  );

/** First fitting prefix wins, so the longer ones stand first. */
const AREAS: [RegExp, string][] = [
  [/^\/api\/v1\/(users|groups)\/[^/]+\/roles/, "roles"],
  [/^\/api\/v1\/iam\//, "roles"],
  [/^\/api\/v1\/users/, "users"],
  [/^\/api\/v1\/groups/, "groups"],
  [/^\/api\/v1\/apps/, "apps"],
  [/^\/api\/v1\/eventHooks/, "eventHooks"],
  [/^\/api\/v1\/logs/, "logs"],
  [/^\/api\/v1\/meta\/schemas\/user\/linkedObjects/, "linkedObjects"],
  [/^\/api\/v1\/meta\/schemas/, "schemas"],
  [/^\/api\/v1\/meta\/types\/user/, "userTypes"],
  [/^\/api\/v1\/identity-sources/, "identitySources"],
  [/^\/api\/v1\/org/, "orgs"],
  [/^\/api\/v1\/api-tokens/, "apiTokens"],
];

/** The scope an operation asks for, e.g. okta.users.read. Operations nobody simulates name none. */
export function scopeOf(method: string, template: string): string | null {
  const area = AREAS.find(([pattern]) => pattern.test(template))?.[1];
  return area ? `okta.${area}.${method === "GET" ? "read" : "manage"}` : null;
}

/** True when the token's scopes cover an operation's: manage includes read. */
export function covers(scopes: readonly string[], wanted: string): boolean {
  return scopes.includes(wanted) || scopes.includes(wanted.replace(/\.read$/, ".manage"));
}
