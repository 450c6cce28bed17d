import { CardError } from "../../../cards/errors.ts";
import { dpopProof, noteNonce } from "./dpop.ts";
import { newKey, type PrivateJwk } from "./key-pair.ts";
import { type OAuthApp, proveApp } from "./oauth-app.ts";
import { type OAuthAnswer, oauthError, oauthUrl, postForm } from "./oauth-request.ts";

/** Tokens as an org gave them. */
export interface Tokens {
  accessToken: string;
  /** Milliseconds since 1970 by this machine's clock. */
  expiresAt: number;
  /** What was granted, which may be less than what was asked for: Okta drops ungranted scopes without a word. */
  scopes: string[];
  refreshToken?: string;
  idToken?: string;
  /** Present where the org bound the tokens to it: every call must be proven with it. */
  dpopKey?: PrivateJwk;
}

export interface TokenRequest {
  orgUrl: string;
  app: OAuthApp;
  /** grant_type and what belongs to it. */
  form: Record<string, string>;
  /** Of tokens the app got before. */
  dpopKey?: PrivateJwk;
  now?: number;
}

/** Requests of one exchange at most: plain, with a proof, with the org's nonce, and with a nonce that was renewed then. */
const MAX_TRIES = 4;

/**
 * Asks the org's token endpoint. An app that demands proof of possession (DPoP) says so in its refusal and is then
 * given one, with the nonce it names next; others are not, so that their tokens stay plain ones.
 * @throws CardError unauthorized when app or authorization are refused, refused, rateLimited, unavailable
 */
export async function requestToken(request: TokenRequest): Promise<Tokens> {
  const { orgUrl, app, form } = request;
  const url = oauthUrl(orgUrl, "token");
  let { dpopKey } = request;
  for (let attempt = 1; ; attempt++) {
    const now = request.now ?? Date.now();
    const proof = proveApp(app, url, now);
    const headers = { ...proof.headers };
    if (dpopKey) headers.dpop = dpopProof(dpopKey, { orgUrl, method: "POST", url, now });
    const answer = await postForm(url, { ...form, ...proof.form }, headers);
    const newNonce = noteNonce(orgUrl, answer.headers);
    if (answer.status === 200) return tokensOf(answer, dpopKey, url.host, now);
    const { error } = answer.body;
    const demanded = error === "invalid_dpop_proof" && dpopKey === undefined;
    const tryAgain = demanded || (error === "use_dpop_nonce" && newNonce);
    if (!tryAgain || attempt === MAX_TRIES) throw oauthError(answer, url.host, now);
    dpopKey ??= newKey();
  }
}

function tokensOf(answer: OAuthAnswer, key: PrivateJwk | undefined, host: string, now: number): Tokens {
  const { access_token, expires_in, scope, token_type, refresh_token, id_token } = answer.body;
  const bound = typeof token_type === "string" && token_type.toLowerCase() === "dpop";
  if (typeof access_token !== "string" || typeof expires_in !== "number" || (bound && !key)) {
    throw new CardError(`${host} answered something else than a token.`, {
      kind: "refused",
      code: "oauth-unreadable",
    });
  }
  return {
    accessToken: access_token,
    expiresAt: now + expires_in * 1000,
    scopes: typeof scope === "string" ? scope.split(" ").filter(Boolean) : [],
    ...(typeof refresh_token === "string" ? { refreshToken: refresh_token } : {}),
    ...(typeof id_token === "string" ? { idToken: id_token } : {}),
    ...(bound && key ? { dpopKey: key } : {}),
  };
}

/**
 * Ends a token at the org. Okta answers 200 whether it knew it or not; ending a refresh token ends its access tokens
 * too, not the other way round.
 * @throws CardError when the app is refused or the org can't be reached
 */
export async function revokeToken(
  orgUrl: string,
  app: OAuthApp,
  token: string,
  hint: "access_token" | "refresh_token",
): Promise<void> {
  const url = oauthUrl(orgUrl, "revoke");
  const proof = proveApp(app, url, Date.now());
  const answer = await postForm(url, { token, token_type_hint: hint, ...proof.form }, proof.headers);
  if (answer.status !== 200) throw oauthError(answer, url.host, Date.now());
}
