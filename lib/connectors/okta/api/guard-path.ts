import { CardError } from "../../../cards/errors.ts";
import type { FieldFormat } from "../../../cards/field.ts";
import { relativePathProblem, sentPath, splitRelativeUrl } from "../../../cards/relative-path.ts";
import type { Json, JsonObject } from "../../../flow/json.ts";

/**
 * First parts of the paths of Okta's APIs (its OpenAPI documents of 2026.06.3, and the governance API). Sign-in pages,
 * redirects and hosted files of an org lie elsewhere and are no business of a flow.
 */
export const OKTA_PATH: FieldFormat = {
  kind: "relative-path",
  roots: [
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
  ],
};

/** Parameters by name; one that is given several times has all its values. */
export type Query = Record<string, string | string[]>;

/**
 * The path and query of a relative URL that an admin typed and an event's values were put into. A value must not be
 * able to lead anywhere but to the API of the connection's own org, nor to another endpoint than the one that was typed.
 * @throws CardError (input, "unsafe-path") saying what is wrong.
 */
export function guardPath(relativeUrl: string): { path: string; query: Query } {
  const problem = relativePathProblem(relativeUrl, OKTA_PATH.roots);
  if (problem) throw refuse(problem.what, problem.hint);
  const { path, query } = splitRelativeUrl(relativeUrl);
  return { path: sentPath(path), query: readQuery(query) };
}

/**
 * The query parameters of a relative URL and of the Query input together. A list gives the parameter once for each of
 * its values.
 * @throws CardError (input) where a parameter stands in both or is an object.
 */
export function mergeQuery(inUrl: Query, input: JsonObject | undefined): Query {
  const query = new Map(Object.entries(inUrl));
  for (const [name, value] of Object.entries(input ?? {})) {
    const given = values(name, value);
    if (given.length === 0) continue;
    if (query.has(name)) throw refuseQuery(name, "is given twice, in the Relative URL and in Query");
    query.set(name, single(given));
  }
  return Object.fromEntries(query);
}

function readQuery(text: string): Query {
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) query.set(name, [...(query.get(name) ?? []), value]);
  return Object.fromEntries([...query].map(([name, given]) => [name, single(given)]));
}

function single(given: string[]): string | string[] {
  const [first] = given;
  return given.length === 1 && first !== undefined ? first : given;
}

/** The plain values of a parameter; what is empty is not sent. */
function values(name: string, value: Json): string[] {
  if (value === null || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((item) => values(name, item));
  if (typeof value === "object")
    throw refuseQuery(name, "is an object, but takes a plain value or a list of them");
  return [String(value)];
}

function refuse(what: string, hint: string): CardError {
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
