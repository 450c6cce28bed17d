import type { OktaMethod } from "../../connectors/okta/client.ts";

/** How a connection is authorized: decides what an admin is told to do when Okta refuses a call. */
export type AuthorizationKind = "token" | "oauth" | "service";

/** The call an authorization is for. */
export interface AuthorizedCall {
  method: OktaMethod;
  /** Origin and path; a proof of possession is bound to it. */
  url: URL;
}

/** The headers that authorize one call, and a word for them by which `renewed` knows what was refused. */
export interface Authorization {
  headers: Record<string, string>;
  token: string;
}

/** Gives each call its credentials. Made once per client, asked before every call. */
export interface Authorizer {
  kind: AuthorizationKind;
  /** @throws CardError unauthorized when there are none any more, unavailable when they can't be renewed now */
  authorize: (call: AuthorizedCall) => Promise<Authorization>;
  /**
   * Told of a 401. True when the call is worth sending once more, with what `authorize` gives then.
   * @param headers of the answer, lower-case names
   * @throws CardError as `authorize`
   */
  renewed: (refused: Authorization, headers: Record<string, string>) => Promise<boolean>;
}

/**
 * An API token: the same header for every call, and nothing to renew. Source: Okta's "API conventions", scheme SSWS.
 */
export function tokenAuthorizer(token: string): Authorizer {
  const authorization = Promise.resolve({ headers: { authorization: `SSWS ${token}` }, token });
  return { kind: "token", authorize: () => authorization, renewed: () => Promise.resolve(false) };
}
