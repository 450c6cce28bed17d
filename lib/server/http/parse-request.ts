import type { z } from "zod";
import { issueWords } from "./issue-words.ts";
import { ApiProblem } from "./problem.ts";

interface Problem {
  path: string;
  message: string;
}

/** The parts of a request after parsing; a part its endpoint has no schema for is undefined. */
export interface Parts {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Parses params, query and body with the endpoint's schemas.
 *
 * @throws ApiProblem "bad-request" naming everything that is wrong at once
 */
export function parseParts(
  endpoint: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType },
  raw: Parts,
): Parts {
  const problems: Problem[] = [];
  const parse = (name: keyof Parts): unknown => {
    const result = endpoint[name]?.safeParse(raw[name], { error: issueWords });
    if (result === undefined || result.success) return result?.data;
    for (const issue of result.error.issues) {
      problems.push({ path: [name, ...issue.path].map(String).join("."), message: issue.message });
    }
    return undefined;
  };
  const parts = { params: parse("params"), query: parse("query"), body: parse("body") };
  if (problems.length === 0) return parts;
  const [first, ...others] = problems;
  const place = first?.path.replace(/^(body|query|params)\.?/, "") || "the request";
  throw new ApiProblem(
    "bad-request",
    `Check ${place}: ${first?.message}${others.length > 0 ? ` (and ${others.length} more)` : ""}`,
    { problems },
  );
}

/**
 * The query as an object.
 *
 * @throws ApiProblem "bad-request" when a parameter is given twice: which one counts must not be a guess
 */
export function queryOf(url: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url, "http://localhost").searchParams) {
    if (name === "__proto__" || Object.hasOwn(query, name)) {
      throw new ApiProblem("bad-request", `The query parameter ${name} can't be used like this.`, {
        problems: [{ path: `query.${name}`, message: "Give it once." }],
      });
    }
    query[name] = value;
  }
  return query;
}

/**
 * The params of a path such as `/api/flows/{id}`. Taken from the address and not from Next.js, which demands one
 * name per folder: `/api/connections/{id}` and `/api/connections/{alias}/events` are in the same.
 *
 * @throws ApiProblem "bad-request" when a part is not valid percent-encoding
 */
export function paramsOf(pattern: string, url: string): Record<string, string> {
  const segments = new URL(url, "http://localhost").pathname.split("/");
  const params: Record<string, string> = {};
  pattern.split("/").forEach((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = decodeSegment(name, segments[index] ?? "");
  });
  return params;
}

function decodeSegment(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const problems = [{ path: `params.${name}`, message: "This is not valid percent-encoding." }];
    throw new ApiProblem("bad-request", "The address can't be read.", { problems }, { cause });
  }
}
