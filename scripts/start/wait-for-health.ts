import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../problem.ts";

const POLL_MS = 100;

/**
 * Waits until GET /api/health answers 200: database, queue and worker are there.
 *
 * @param origin where the console listens
 * @param signal ends the waiting early, with its reason
 * @throws Problem with the last answer when that takes longer than `withinMs`
 */
export async function waitForHealth(origin: string, withinMs: number, signal: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  let last = "no answer";
  for (;;) {
    signal.throwIfAborted();
    try {
      // `next dev` compiles the route on the first request, which takes seconds: no short timeout here.
      const response = await fetch(`${origin}/api/health`, { signal });
      if (response.ok) return;
      last = `${response.status} ${(await response.text()).slice(0, 500)}`;
    } catch (error) {
      signal.throwIfAborted();
      last = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
    if (Date.now() > giveUpAt) {
      throw new Problem(
        `Flowdeck did not become ready within ${withinMs / 1000} s. Its last answer: ${last}`,
        "The logs are in the data folder: logs/.",
      );
    }
    await sleep(POLL_MS);
  }
}
