import { Logger } from "graphile-worker";
import { log } from "../log.ts";

/** The queue library's own messages, in our log. Its "info" tells of every job, which is ours to tell. */
export const queueLogger = new Logger((scope) => (level, message, meta) => {
  const method = level === "error" ? "error" : level === "warning" ? "warn" : "debug";
  const error = meta?.error;
  log[method]({ queue: scope.label, err: error instanceof Error ? error : undefined }, message);
});
