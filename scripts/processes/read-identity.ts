import { readFileSync } from "node:fs";
import type { ProcessIdentity } from "./process-identity.ts";

/** The identity written in a file, or undefined when the file is missing or holds something else. */
export function readIdentity(file: string): ProcessIdentity | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
  if (typeof content !== "object" || content === null) return undefined;
  if (!("pid" in content) || !("startedAt" in content)) return undefined;
  const { pid, startedAt } = content;
  return typeof pid === "number" && typeof startedAt === "string" ? { pid, startedAt } : undefined;
}
