import { CardError } from "../../cards/errors.ts";
import { type Authorization, type Authorizer, tokenAuthorizer } from "../okta/authorizer.ts";
import { dpopProof, noteNonce } from "../okta/oauth/dpop.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import {
  type AppCredentials,
  type KeptTokens,
  openCredentials,
  type StoredCredentials,
} from "./credentials.ts";
import { endSoon, renewTokens } from "./renew-tokens.ts";

/** What of a connection its authorizer needs. */
export type Authorizable = { id: string; orgUrl: string } & StoredCredentials;

/**
 * Authorizes calls as a connection. Access tokens are renewed before they end, and once when a call is refused; in
 * between a call costs no query.
 * @throws SecretUnreadableError see `openCredentials`
 */
export function authorizerOf(connection: Authorizable): Authorizer {
  const credentials = openCredentials(connection);
  return credentials.kind === "apiToken"
    ? tokenAuthorizer(credentials.token)
    : appAuthorizer(connection, credentials);
}

/** Authorizes calls with tokens that were just given, for trying them before anything is stored. Never renews them. */
export function tokensAuthorizer(
  orgUrl: string,
  kind: AppCredentials["kind"],
  tokens: KeptTokens,
): Authorizer {
  return {
    kind,
    authorize: async (call) => authorizationWith(orgUrl, tokens, call),
    renewed: async (_refused, headers) => noteNonce(orgUrl, headers),
  };
}

function appAuthorizer({ id, orgUrl }: Authorizable, credentials: AppCredentials): Authorizer {
  let { tokens } = credentials;
  const renew = async (stale: string | undefined): Promise<KeptTokens> => {
    tokens = (await renewing(() => renewTokens(id, stale))).tokens;
    if (tokens) return tokens;
    throw new CardError("The connection is not authorized.", {
      kind: "unauthorized",
      code: "not-authorized",
    });
  };
  return {
    kind: credentials.kind,
    authorize: async (call) => {
      const current = tokens && !endSoon(tokens) ? tokens : await renewInTime(tokens, renew);
      return authorizationWith(orgUrl, current, call);
    },
    renewed: async (refused, headers) => {
      if (isNonceWanted(headers)) return noteNonce(orgUrl, headers);
      // Another call may have renewed them meanwhile; then this one only has to be sent again.
      if (tokens && tokens.accessToken !== refused.token) return true;
      await renew(refused.token);
      return true;
    },
  };
}

/** New tokens; the old ones while they are good and no new ones are to be had now. */
async function renewInTime(
  tokens: KeptTokens | undefined,
  renew: (stale: string | undefined) => Promise<KeptTokens>,
): Promise<KeptTokens> {
  try {
    return await renew(tokens?.accessToken);
  } catch (error) {
    const passes = error instanceof CardError && error.details.kind !== "unauthorized";
    if (passes && tokens && !endSoon(tokens, 0)) return tokens;
    throw error;
  }
}

/** Errors of the database as a card knows them: tried again, instead of taken for a defect. */
async function renewing<T>(renew: () => Promise<T>): Promise<T> {
  try {
    return await renew();
  } catch (cause) {
    if (cause instanceof CardError || cause instanceof SecretUnreadableError) throw cause;
    throw new CardError(
      "The access token could not be renewed now.",
      { kind: "unavailable", code: "renewal-failed", sent: false },
      { cause },
    );
  }
}

function authorizationWith(
  orgUrl: string,
  { accessToken, dpopKey }: KeptTokens,
  call: { method: string; url: URL },
): Authorization {
  if (!dpopKey) return { headers: { authorization: `Bearer ${accessToken}` }, token: accessToken };
  const proof = dpopProof(dpopKey, { orgUrl, ...call, accessToken, now: Date.now() });
  return { headers: { authorization: `DPoP ${accessToken}`, dpop: proof }, token: accessToken };
}

/** Okta's API asks for no nonce today; an org that does names it in its refusal (RFC 9449, 9). */
function isNonceWanted(headers: Record<string, string>): boolean {
  return (headers["www-authenticate"] ?? "").includes("use_dpop_nonce");
}
