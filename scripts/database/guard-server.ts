import { setTimeout as sleep } from "node:timers/promises";
import { describeFailure, Problem } from "../problem.ts";
import { isSameProcessAlive, type ProcessIdentity } from "../processes/process-identity.ts";

const LOOK_EVERY_MS = 500;
/** Waits before the server is started again, by how often it died in a row; with one death more it is given up. */
const BACKOFF_MS = [0, 1_000, 5_000];
/** A server that ran this long had really started; its next death is a new story. */
const STEADY_MS = 60_000;

/** Somebody who looks after a server. */
export interface ServerGuard {
  /** Fulfilled, with the reason, when the server is dead and can't be brought back. */
  gaveUp: Promise<Problem>;
  /** Stops looking. Fulfilled when no start is under way any more. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded server again when it dies. It may be nobody's child (the launcher joined one that was left behind),
 * so it is looked at twice a second instead of being waited for.
 *
 * @param first the server as it runs now
 * @param restart starts it at the same address, for its clients know no other
 */
export function guardServer(
  first: ProcessIdentity,
  restart: () => Promise<ProcessIdentity>,
  notify: (message: string) => void,
  { lookEveryMs = LOOK_EVERY_MS, backoffMs = BACKOFF_MS, steadyMs = STEADY_MS } = {},
): ServerGuard {
  const gaveUp = Promise.withResolvers<Problem>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  const watch = async () => {
    let server = first;
    let startedAt = 0;
    let deaths = 0;
    for (;;) {
      while (!signal.aborted && isSameProcessAlive(server)) await pause(lookEveryMs);
      if (signal.aborted) return;
      deaths = Date.now() - startedAt > steadyMs ? 1 : deaths + 1;
      const wait = backoffMs[deaths - 1];
      if (wait === undefined) throw keepsDying(deaths);
      notify(`The embedded database ended; starting it again${wait > 0 ? ` in ${wait / 1000} s` : ""}.`);
      await pause(wait);
      if (signal.aborted) return;
      server = await restart();
      startedAt = Date.now();
      notify("The embedded database is back.");
    }
  };

  const watched = watch().catch((error: unknown) => gaveUp.resolve(asProblem(error)));
  return {
    gaveUp: gaveUp.promise,
    stop: async () => {
      stopping.abort();
      await watched;
    },
  };
}

function keepsDying(deaths: number): Problem {
  return new Problem(
    `The embedded database ended ${deaths} times in a row.`,
    "Its log is in the data folder: postgres/server.log. What was acknowledged is on disk; npm start starts it again.",
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(
    `The embedded database ended and could not be started again: ${describeFailure(error)}`,
    "Its log is in the data folder: postgres/server.log. What was acknowledged is on disk; npm start starts it again.",
  );
}
