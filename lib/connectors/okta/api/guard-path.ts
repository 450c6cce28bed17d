import { CardError } from "../../../cards/errors.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";

/**
 * First parts of the paths of Okta's APIs (its OpenAPI documents of 2026.06.3, and the governance API). Sign-in pages,
 * redirects and hosted files of an org lie elsewhere and are no business of a flow.
 */
const API_ROOTS = [
  "api",
  "oauth2",
  "governance",
  "attack-protection",
  "integrations",
  "okta-personal-settings",
  "privileged-access",
  "security",
  "webauthn-registration",
  ".well-known",
];

/** Stands for the org while a path is parsed; the name can't exist (RFC 2606). */
const BASE = "https://org.invalid";
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** A value decoded this often and still changing is built to hide something. */
const MAX_DECODINGS = 5;

/**
 * The path and query of a relative URL that an admin typed and an event's values were put into. A value must not be
 * able to lead anywhere but to the API of the connection's own org, nor to another endpoint than the one that was typed.
 * @throws CardError (input, "unsafe-path") saying what is wrong.
 */
export function guardPath(relativeUrl: string): { path: string; query: Record<string, string> } {
  if (CONTROL.test(relativeUrl)) throw refuse("has a line break or control character");
  if (relativeUrl.includes("#")) throw refuse('has a "#"', "Write it as %23.");
  const mark = relativeUrl.indexOf("?");
  const pathText = mark < 0 ? relativeUrl : relativeUrl.slice(0, mark);
  const queryText = mark < 0 ? "" : relativeUrl.slice(mark + 1);
  if (!startsAtApi(pathText))
    throw refuse("does not start with a path of the Okta API", "Start it with /api/v1/.");
  if (pathText.includes("@"))
    throw refuse('has an "@" in its path', "Write it as %40, or use the id of the user.");
  if (pathText.endsWith("/")) throw refuse('ends with "/"', "A mapped value at its end may be empty.");
  checkDecodings(pathText);
  const url = new URL(pathText, BASE);
  if (url.origin !== BASE || !startsAtApi(url.pathname)) throw refuse("leads to another address");
  return { path: url.pathname, query: readQuery(queryText) };
}

/**
 * The query parameters of a relative URL and of the Query input together.
 * @throws CardError (input) where a parameter is given twice or is no plain value.
 */
export function mergeQuery(
  inUrl: Record<string, string>,
  input: JsonObject | undefined,
): Record<string, string> {
  const query = new Map(Object.entries(inUrl));
  for (const [name, value] of Object.entries(input ?? {})) {
    if (value === null || value === "") continue;
    if (query.has(name)) throw refuseQuery(name, "is given twice, in the Relative URL and in Query");
    query.set(name, plain(name, value));
  }
  return Object.fromEntries(query);
}

function startsAtApi(path: string): boolean {
  const [empty, root, ...rest] = path.split("/");
  return empty === "" && root !== undefined && API_ROOTS.includes(root) && rest.length > 0;
}

/** Looks at the path as it stands and as often as it can be decoded: proxies between here and Okta may decode again. */
function checkDecodings(path: string): void {
  let text = path;
  for (let round = 0; round <= MAX_DECODINGS; round += 1) {
    if (CONTROL.test(text)) throw refuse("has a line break or control character");
    if (text.includes("\\")) throw refuse('has a "\\"');
    if (text.includes("//")) throw refuse('has "//"', "A mapped value may be empty.");
    if (text.split(/[/;?#]/).some((part) => part === "." || part === ".."))
      throw refuse('has a "." or ".." in its path');
    const decoded = decode(text);
    if (decoded === text) return;
    text = decoded;
  }
  throw refuse("is encoded many times over");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('has a "%" that encodes nothing', "Write a percent sign as %25.");
  }
}

function readQuery(text: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (query.has(name)) throw refuseQuery(name, "is given twice");
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

function plain(name: string, value: Json): string {
  if (typeof value === "object") throw refuseQuery(name, "is a list or an object, but takes one plain value");
  return String(value);
}

function refuse(what: string, hint = "Write a path such as /api/v1/users/00u1.../factors."): CardError {
  return new CardError(`The Relative URL ${what}.`, {
    kind: "input",
    code: "unsafe-path",
    field: ["relativeUrl"],
    hint,
  });
}

function refuseQuery(name: string, what: string): CardError {
  return new CardError(`The query parameter "${name}" ${what}.`, {
    kind: "input",
    code: "bad-query",
    field: ["query", name],
  });
}
