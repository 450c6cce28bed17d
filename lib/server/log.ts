import { type Logger, levels, pino } from "pino";
import { safeError, safeFields } from "./safe-log.ts";

/**
 * The log of this process: one JSON object per line on standard output. Secrets and what is known of persons never go
 * in; what looks like it is masked all the same.
 *
 * The level is read here and not through env(): that checks everything, and `next build` loads modules with nothing set.
 * A wrong LOG_LEVEL is named by env() a moment later, so here it only counts as "not set".
 */
export const log: Logger = pino({
  level: levelFrom(process.env.LOG_LEVEL),
  base: undefined,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }), log: safeFields },
  serializers: { err: safeError },
  redact: {
    paths: [
      "authorization",
      "*.authorization",
      "password",
      "*.password",
      "token",
      "*.token",
      "secret",
      "*.secret",
    ],
    censor: "[masked]",
  },
});

function levelFrom(value: string | undefined): string {
  return value !== undefined && (value === "silent" || value in levels.values) ? value : "info";
}
