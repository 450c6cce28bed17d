import { log } from "../log.ts";
import type { Executor } from "./run-execution.ts";

/** What the process tells the worker that started it, in this order. "failed": it goes back to the queue. */
export type AloneMessage = "began" | "over" | "failed";
/** What a worker asks of the process. That it is to finish it tells by closing the channel, as its own death does. */
export const CANCEL = "cancel";

/** Less than the 30 s after which a supervisor kills what was asked to stop. */
const FINISH_WITHIN_MS = 25_000;

/**
 * Runs the one execution a process was started for (apart.ts). It stops before its next card when the worker that started
 * it is gone, which others may already have found dead.
 */
export async function runAlone(
  executor: Pick<Executor, "run" | "cancel" | "drain">,
  executionId: string,
): Promise<void> {
  process.on("message", (message) => {
    if (message === CANCEL) executor.cancel(executionId);
  });
  // Asked of all processes of a terminal or a service at once; dying of it would look as if the execution had done it.
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, executor.drain);
  process.once("disconnect", () => {
    executor.drain();
    setTimeout(() => process.exit(1), FINISH_WITHIN_MS).unref();
  });
  await tell("began");
  try {
    await executor.run(executionId, { alone: true });
    await tell("over");
  } catch (err) {
    log.warn(
      { executionId, err },
      "An execution could not go on in a process of its own; it is tried again.",
    );
    await tell("failed");
  }
}

/** Fulfilled when it is sent, or nobody hears any more. */
function tell(message: AloneMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
