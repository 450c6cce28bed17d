import type { ExchangeLog } from "./exchange-log.ts";
import type { Exchange } from "./execution.ts";
import { cancelledMeanwhile, tookTooLong, workerStops } from "./failure.ts";
import type { Sending } from "./ports.ts";
import type { CardRequest } from "./run-card.ts";

/** What follows the calls of an attempt. */
export interface Watch {
  observe: (exchange: Exchange) => void;
  /** Called before a further call, and while one is waited for. What it throws ends the card there. */
  mayGoOn: () => void;
  /** See `Connections.client`. */
  sending?: Sending;
}

/**
 * Notes each call, and ends a card that has read for too long or that nobody waits for any more: where a call was answered
 * and the next not begun, so that nothing goes on behind the flow's back. A write is never cut off: what it has done so far
 * would be unknown.
 */
export function watchOver(
  { planned, ports, maxMs, cancelRequested, mustLeave, sending }: CardRequest,
  log: ExchangeLog,
  started: Date,
): Watch {
  if (planned.effect === "write")
    return { observe: (exchange) => log.add(exchange), mayGoOn: () => undefined, sending };
  const endInTime = () => {
    if (maxMs === undefined || ports.clock.now().getTime() - started.getTime() <= maxMs) return;
    throw tookTooLong(planned.title, log.length, maxMs);
  };
  return {
    observe: (exchange) => {
      log.add(exchange);
      endInTime();
    },
    mayGoOn: () => {
      if (cancelRequested?.()) throw cancelledMeanwhile(planned.title, log.length);
      if (mustLeave?.()) throw workerStops(planned.title);
      endInTime();
    },
  };
}
