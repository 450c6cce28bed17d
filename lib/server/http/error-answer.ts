import { randomUUID } from "node:crypto";
import type { ApiErrorBody } from "../../api/errors.ts";
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

/** Codes of Prisma (P1xxx: connecting, P2024: no free connection), Node and PostgreSQL for "no database there now". */
const UNREACHABLE = new Set([
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1017", "P2024", "P2037"],
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "EAI_AGAIN"],
  // cannot_connect_now, admin_shutdown, crash_shutdown, too_many_connections, connection failures
  ...["57P03", "57P01", "57P02", "53300", "08000", "08001", "08003", "08004", "08006"],
]);

/** Looks through the causes, because every layer wraps the one below. */
export function isDatabaseUnreachable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (UNREACHABLE.has(codeOf(at) ?? "")) return true;
    if (
      /Connection terminated|timeout exceeded when trying to connect|Can't reach database/.test(at.message)
    ) {
      return true;
    }
    if (at instanceof AggregateError && at.errors.some(isDatabaseUnreachable)) return true;
  }
  return false;
}

function codeOf(error: Error): string | undefined {
  for (const name of ["code", "errorCode"] as const) {
    const code: unknown = name in error ? Reflect.get(error, name) : undefined;
    if (typeof code === "string") return code;
  }
  return undefined;
}
