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
      /Connection terminated|is not queryable|timeout exceeded when trying to connect|Can't reach database/.test(
        at.message,
      )
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
