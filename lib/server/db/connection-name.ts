import { randomBytes } from "node:crypto";

/**
 * Names this process, and no other there ever was, in what its connections are called: a process id comes back, on this
 * machine or on another, and ending a stranger's connections must be impossible.
 */
export const PROCESS = randomBytes(8).toString("hex");

/**
 * What a connection of this process is called in pg_stat_activity: what it is for, then the process. Whoever takes over from
 * this process ends all connections whose names end with it (queue/sweep.ts).
 *
 * @param purpose at most 46 characters: PostgreSQL cuts names off at 63
 */
export function connectionName(purpose: string): string {
  return `${purpose}:${PROCESS}`;
}
