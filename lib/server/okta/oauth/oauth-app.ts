import { randomUUID } from "node:crypto";
import { type PrivateJwk, signJwt, thumbprint } from "./key-pair.ts";

/** The app an org knows us as, and how it proves that it is that app. */
export interface OAuthApp {
  clientId: string;
  /** Of a web app. A public app (native, single page) has none and relies on PKCE. */
  clientSecret?: string;
  /** Of a service app: private_key_jwt. */
  key?: PrivateJwk;
}

/** Okta takes an hour at most. Long enough for clocks that differ, short enough to be useless when stolen. */
const ASSERTION_SECONDS = 300;

/** What an app adds to a request to prove itself: to its headers and to its form. */
export interface AppProof {
  headers: Record<string, string>;
  form: Record<string, string>;
}

/**
 * Proves the app to one of the org's OAuth endpoints.
 * @param url the endpoint, the assertion's audience
 */
export function proveApp(app: OAuthApp, url: URL, now: number): AppProof {
  const { clientId, clientSecret, key } = app;
  if (key) return { headers: {}, form: assertion(clientId, key, url, now) };
  if (clientSecret === undefined) return { headers: {}, form: { client_id: clientId } };
  // Each part is form-encoded before the two are joined. Source: RFC 6749, 2.3.1
  const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return { headers: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` }, form: {} };
}

function assertion(clientId: string, key: PrivateJwk, url: URL, now: number): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: url.href,
    iat: seconds,
    exp: seconds + ASSERTION_SECONDS,
    jti: randomUUID(),
  };
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: signJwt({ kid: thumbprint(key) }, claims, key),
  };
}
