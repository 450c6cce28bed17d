import { CardError } from "../../../cards/errors.ts";
import type { JsonObject } from "../../../flow/json.ts";

/**
 * Request headers that are the client's alone: they name the host, carry credentials, frame the body, or tell a server
 * on the way to take the request for another one. A flow must not be able to send the org's token elsewhere, act as
 * somebody else, or turn the GET that was asked about into a DELETE.
 */
const REFUSED = new Set([
  ...[
    "authorization",
    "cookie",
    "cookie2",
    "dpop",
    "host",
    "origin",
    "referer",
    "user-agent",
    "forwarded",
    "via",
  ],
  ...[
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
    "http2-settings",
  ],
  ...["accept-encoding", "content-encoding", "content-length", "content-type", "x-real-ip", "x-client-ip"],
]);
const REFUSED_BEGINNINGS = [
  "proxy-",
  "sec-",
  "x-forwarded",
  "x-original-",
  "x-rewrite-",
  "x-http-method",
  "x-method",
];

/** A header's name (RFC 9110, section 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/;
const MAX_LENGTH = 4096;
/** Visible ASCII and spaces: what a header value may hold, and no line break among it. */
const VALUE = /^[\u0020-\u007e]*$/;

/**
 * The headers of a request, lower case. Empty ones are left out.
 * @throws CardError (input) naming the header that may not be set here or has no plain value.
 */
export function guardHeaders(input: JsonObject | undefined): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [given, value] of Object.entries(input ?? {})) {
    const name = given.trim().toLowerCase();
    if (!NAME.test(name)) throw refuse(given, "has a name no header may have");
    if (isRefused(name)) throw refuse(given, "can't be set here: the connection sets it");
    if (value === null || value === "") continue;
    if (typeof value === "object") throw refuse(given, "is a list or an object, but takes text");
    const text = String(value);
    if (text.length > MAX_LENGTH || !VALUE.test(text))
      throw refuse(given, "has characters no header may have, or too many");
    if (headers.has(name)) throw refuse(given, "is given twice");
    headers.set(name, text);
  }
  return Object.fromEntries(headers);
}

/** Response headers a flow may see: all but those that hold a session. */
export function visibleHeaders(headers: Record<string, string>): JsonObject {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "set-cookie"));
}

function isRefused(name: string): boolean {
  return REFUSED.has(name) || REFUSED_BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

function refuse(name: string, what: string): CardError {
  return new CardError(`The header "${name}" ${what}.`, {
    kind: "input",
    code: "bad-header",
    field: ["headers", name],
    hint: "Authorization and content type are set by the connection.",
  });
}
