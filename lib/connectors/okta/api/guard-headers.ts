import { CardError } from "../../../cards/errors.ts";
import type { JsonObject } from "../../../flow/json.ts";

/**
 * Request headers a flow may set. Everything that names the host, carries credentials or frames the body is the
 * client's alone: a flow must not be able to send the org's token elsewhere or act as somebody else.
 */
const ALLOWED = ["accept", "accept-language", "if-match", "if-none-match", "if-modified-since", "prefer"];

const MAX_LENGTH = 4096;
/** Visible ASCII and spaces: what a header value may hold, and no line break among it. */
const VALUE = /^[\u0020-\u007e]*$/;

/**
 * The headers of a request, lower case. Empty ones are left out.
 * @throws CardError (input) naming the header that is not allowed or has no plain value.
 */
export function guardHeaders(input: JsonObject | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [given, value] of Object.entries(input ?? {})) {
    const name = given.trim().toLowerCase();
    if (!ALLOWED.includes(name)) throw refuse(given, `can't be set here. Allowed are ${ALLOWED.join(", ")}`);
    if (value === null || value === "") continue;
    if (typeof value === "object") throw refuse(given, "is a list or an object, but takes text");
    const text = String(value);
    if (text.length > MAX_LENGTH || !VALUE.test(text))
      throw refuse(given, "has characters no header may have, or too many");
    headers[name] = text;
  }
  return headers;
}

/** Response headers a flow may see: all but those that hold a session. */
export function visibleHeaders(headers: Record<string, string>): JsonObject {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "set-cookie"));
}

function refuse(name: string, what: string): CardError {
  return new CardError(`The header "${name}" ${what}.`, {
    kind: "input",
    code: "bad-header",
    field: ["headers", name],
    hint: "Authorization and content type are set by the connection.",
  });
}
