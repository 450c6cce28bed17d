import { Logger } from "graphile-worker";
import { z } from "zod";
import { log } from "../log.ts";
import { safeText } from "../safe-log.ts";

/** The queue library's own messages, in our log. Its "info" tells of every job, which is ours to tell. */
export const queueLogger = new Logger((scope) => (level, message, meta) => {
  const method =
    level === "error" ? "error" : level === "warning" && !wantsMoreConnections(meta) ? "warn" : "debug";
  const error = meta?.error;
  const executionId = executionOf(meta?.job);
  log[method](
    {
      queue: scope.label,
      ...(executionId === undefined ? {} : { executionId }),
      err: error instanceof Error ? error : undefined,
    },
    // Of a job that failed it holds message and stack once more, as they are.
    meta?.failure === true ? "A queue entry failed; it is tried again." : safeText(message),
  );
});

/**
 * The library asks for a connection for each execution at once, at every start. They share statements (db/together.ts) and wait
 * for Okta most of the time; who reads the first lines of a new install should not wonder.
 */
function wantsMoreConnections(meta: unknown): boolean {
  return CONNECTIONS.safeParse(meta).success;
}

const CONNECTIONS = z.object({ max: z.number(), concurrency: z.number() });

function executionOf(job: unknown): string | undefined {
  const { success, data } = JOB.safeParse(job);
  return success ? data.payload.executionId : undefined;
}

const JOB = z.object({ payload: z.object({ executionId: z.string() }) });
