import { setTimeout as sleep } from "node:timers/promises";
import { log } from "./log.ts";

/** Something a worker does again and again. */
export interface Rounds {
  /** Begins no further round; ends when the one under way has. */
  stop: () => Promise<void>;
}

/**
 * Runs `round` again and again, `everyMs` after the last one ended. A failed round is logged with the sentence `failed`,
 * and the next one comes.
 *
 * @param settings.round may return when the next one is due instead, in milliseconds; `signal` says that it should end soon
 */
export function startRounds(settings: {
  everyMs: number;
  failed: string;
  // biome-ignore lint/suspicious/noConfusingVoidType: most rounds return nothing, and need not say so
  round: (signal: AbortSignal) => Promise<number | void>;
}): Rounds {
  const { everyMs, failed, round } = settings;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      const next = await round(signal).catch((error: unknown) => log.warn({ err: error }, failed));
      // Sleeping takes its listener off the signal again: one left behind per round grew without end.
      await sleep(next ?? everyMs, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
