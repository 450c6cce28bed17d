import { timingSafeEqual } from "node:crypto";
import type { Call } from "../http/router.ts";
import type { ClientRecord } from "./clients.ts";
import { addressesOf } from "./dpop.ts";
import { decodeJwt, isSignedBy } from "./jwt.ts";
import { oauthProblem } from "./oauth-problem.ts";

const ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** Okta takes assertions that live one hour at most. */
const MAX_LIFE_SECONDS = 3600;

/** The form of an OAuth request; the pipeline reads it. */
export function formOf(call: Call): URLSearchParams {
  return call.body instanceof URLSearchParams ? call.body : new URLSearchParams();
}

/** The client of a request to the token, revoke or introspect endpoint. Throws 401 invalid_client. */
export function clientOf(call: Call): ClientRecord {
  const form = formOf(call);
  if (form.has("client_assertion")) return byAssertion(call, form);
  const basic = basicOf(call.headers.authorization);
  const id = basic?.id ?? form.get("client_id") ?? "";
  const secret = basic?.secret ?? form.get("client_secret");
  const client = call.org.oauth.clients.get(id);
  if (!client) throw refused("Invalid value for 'client_id' parameter.");
  if (client.auth === "none") return client;
  if (client.auth === "private_key_jwt")
    throw refused("The client must authenticate with private_key_jwt (client_assertion).");
  if (!same(secret ?? "", client.secret ?? ""))
    throw refused("The client secret supplied for a confidential client is invalid.");
  return client;
}

function byAssertion(call: Call, form: URLSearchParams): ClientRecord {
  const { org, path, headers } = call;
  if (form.get("client_assertion_type") !== ASSERTION)
    throw refused(`The client_assertion_type must be ${ASSERTION}.`);
  const jwt = decodeJwt(form.get("client_assertion") ?? "");
  if (!jwt) throw refused("The client_assertion is not a JWT.");
  const { iss, sub, aud, exp, jti } = jwt.payload;
  const client = org.oauth.clients.get(String(iss));
  if (!client || iss !== sub || client.auth !== "private_key_jwt")
    throw refused("The client_assertion must have the client id as iss and sub.");
  const keys = client.keys.filter((item) => jwt.header.kid === undefined || item.kid === jwt.header.kid);
  if (!keys.some((item) => isSignedBy(jwt, item)))
    throw refused("The client_assertion signature does not fit any public key of the client.");
  const audiences = addressesOf(org, String(headers.host)).map((address) => address + path);
  if (![aud].flat().some((item) => audiences.includes(String(item))))
    throw refused("The audience claim of the client_assertion must be the address of the endpoint.");
  const now = org.now();
  const left = typeof exp === "number" ? exp - now / 1000 : Number.NaN;
  if (!(left > 0)) throw refused("The client_assertion token is expired.");
  if (left > MAX_LIFE_SECONDS + 60) throw refused("The client_assertion must not live longer than one hour.");
  if (typeof jti === "string" && !org.oauth.firstUse(`jwt:${client.id}:${jti}`, now, now + left * 1000))
    throw refused("The client_assertion has been used before (jti).");
  return client;
}

function basicOf(header: string | string[] | undefined): { id: string; secret: string } | null {
  const text = /^Basic (.+)$/i.exec(String(header ?? ""))?.[1];
  if (!text) return null;
  const [id = "", ...rest] = Buffer.from(text, "base64").toString("utf8").split(":");
  return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(":")) };
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refused = (description: string) => oauthProblem(401, "invalid_client", description);
