import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { httpExchange } from "../http-exchange.ts";
import { networkError } from "../network-error.ts";
import { retryAt } from "../rate-limit-wait.ts";

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1024 * 1024;

/** An answer of one of the org's OAuth endpoints. */
export interface OAuthAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** An empty object where the answer is no JSON. */
  body: JsonObject;
}

/** The address of an endpoint of the org's own authorization server; the only one whose tokens open Okta's API. */
export function oauthUrl(orgUrl: string, name: "authorize" | "token" | "revoke" | "keys"): URL {
  return new URL(`/oauth2/v1/${name}`, orgUrl);
}

/**
 * Posts a form to the org. Never follows a redirect: it would take the secret along.
 * @throws CardError unavailable when no answer came, always as not sent: the call of a card it is for was not
 */
export function postForm(
  url: URL,
  form: Record<string, string>,
  headers: Record<string, string>,
): Promise<OAuthAnswer> {
  return exchange(url, { method: "POST", headers, body: new URLSearchParams(form) });
}

/** Gets what the org publishes. @throws CardError unavailable when no answer came */
export function getPublic(url: URL): Promise<OAuthAnswer> {
  return exchange(url, { method: "GET" });
}

async function exchange(
  url: URL,
  request: { method: string; headers?: Record<string, string>; body?: URLSearchParams },
): Promise<OAuthAnswer> {
  try {
    let head: Pick<OAuthAnswer, "status" | "headers"> = { status: 0, headers: {} };
    const text = await httpExchange({
      url,
      method: request.method,
      headers: {
        accept: "application/json",
        "user-agent": "Flowdeck",
        ...(request.body ? { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" } : {}),
        ...request.headers,
      },
      body: request.body?.toString(),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      onHead: (status, answered) => {
        head = { status, headers: answered };
      },
    });
    return { ...head, body: parsed(text) };
  } catch (thrown) {
    if (thrown instanceof CardError) throw thrown;
    const { message, details } = networkError(thrown, url.host);
    throw new CardError(message, { ...details, sent: false }, { cause: thrown });
  }
}

function parsed(text: string): JsonObject {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * What an OAuth endpoint's refusal means. Its body is `{error, error_description}`, not Okta's E-code object.
 *
 * Only a refusal of the app or of the authorization itself ends an authorization; anything else passes or is ours.
 */
export function oauthError(answer: OAuthAnswer, host: string, now: number): CardError {
  const { status, headers, body } = answer;
  const error = typeof body.error === "string" ? body.error : `http-${status}`;
  const described = typeof body.error_description === "string" ? body.error_description : undefined;
  const base = { status, code: `oauth-${error}` };
  if (status === 429) {
    const message = `${host} gives out no more tokens for now: its rate limit is used up.`;
    return new CardError(message, { ...base, kind: "rateLimited", retryAt: retryAt(headers, now) });
  }
  if (status >= 500 || status < 400) {
    const message = `${host} answered ${status} when it was asked for a token.`;
    return new CardError(message, { ...base, kind: "unavailable", sent: false });
  }
  const message = `${host} refused: ${described ?? error}`;
  return ENDED.has(error)
    ? new CardError(message, { ...base, kind: "unauthorized", hint: HINTS[error] })
    : new CardError(message, { ...base, kind: "refused", hint: HINTS[error] });
}

const ENDED = new Set(["invalid_grant", "invalid_client", "unauthorized_client", "access_denied"]);

const HINTS: Record<string, string> = {
  invalid_grant: "The authorization has ended. Authorize the connection again on the Connections page.",
  invalid_client: "Check client ID and client secret, or the public key, in the app's settings in Okta.",
  unauthorized_client:
    "In Okta, allow the app these grant types: Authorization Code and Refresh Token, or Client Credentials.",
  access_denied: "The admin who signs in must be assigned to the app in Okta.",
  invalid_scope: "Grant the app the scopes named here: in Okta, the app's tab Okta API Scopes.",
  invalid_dpop_proof:
    "In Okta, the app demands proof of possession (DPoP) of another key; authorize the connection again.",
};
