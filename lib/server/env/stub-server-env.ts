import { vi } from "vitest";
import { env } from "./env.ts";

/**
 * For tests: the variables every server process has, and what the caller adds. The database is another matter, see
 * openTestDatabase. Call it before anything reads env().
 */
export function stubServerEnv(more: Record<string, string> = {}): void {
  const variables = {
    DATABASE_URL: "postgresql://test@127.0.0.1:1/not-used",
    FLOWDECK_SECRET_KEY: Buffer.alloc(32, 1).toString("base64"),
    BETTER_AUTH_SECRET: "for tests only ".repeat(4),
    ...more,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  env();
}
