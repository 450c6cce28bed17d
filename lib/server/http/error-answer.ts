import { randomUUID } from "node:crypto";
import type { ApiErrorBody } from "../../api/errors.ts";
import { isDatabaseUnreachable } from "../db/is-database-unreachable.ts";
import { ApiProblem } from "./problem.ts";

/** What the log gets of an unexpected error. */
export type Report = (entry: { id: string; error: unknown; where: string }) => void;

/**
 * The answer to a failed request. Errors that are not meant for people are reported under an id, and only the id
 * leaves the house.
 *
 * @param where method and path pattern, for the log
 */
export function errorAnswer(error: unknown, where: string, report: Report): Response {
  if (error instanceof ApiProblem) return json(error.status, error.body, error.headers);
  const id = randomUUID();
  report({ id, error, where });
  if (isDatabaseUnreachable(error)) {
    return json(503, {
      code: "unavailable",
      message: "The database can't be reached.",
      hint: `Try again in a moment. The log has the details under ${id}.`,
    });
  }
  return json(500, {
    code: "internal",
    message: "The console failed at this request.",
    hint: `The log has the details under ${id}.`,
  });
}

function json(status: number, body: ApiErrorBody, headers: Record<string, string> = {}): Response {
  return Response.json({ error: body }, { status, headers: { "cache-control": "no-store", ...headers } });
}
