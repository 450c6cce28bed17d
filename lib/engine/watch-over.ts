import type { ExchangeLog } from "./exchange-log.ts";
import type { Exchange } from "./execution.ts";
import { cancelledMeanwhile, tookTooLong, workerStops } from "./failure.ts";
import type { MayGoOn, Sending } from "./ports.ts";
import type { CardRequest } from "./run-card.ts";

/** What follows the calls of an attempt. */
export interface Watch {
  observe: (exchange: Exchange) => void;
  /** Absent where the card may not be ended between its calls. */
  mayGoOn?: MayGoOn;
  /** See `Connections.client`. */
  sending?: Sending;
}

/**
 * Notes each call, and ends a card that has read for too long or that nobody waits for any more: where a call was answered
 * and the next not begun, so that nothing goes on behind the flow's back. A write is not cut off while it has calls to make,
 * but while it waits for one: where it can be repeated, what it has done so far may be done again.
 */
export function watchOver(
  { planned, ports, maxMs, cancelRequested, mustLeave, sending }: CardRequest,
  log: ExchangeLog,
  started: Date,
): Watch {
  const endIfAsked = () => {
    if (cancelRequested?.()) throw cancelledMeanwhile(planned.title, log.length);
    if (mustLeave?.()) throw workerStops(planned.title);
  };
  if (planned.effect === "write") {
    const mayGoOn: MayGoOn = (moment) => (moment === "waits" ? endIfAsked() : undefined);
    const mayEnd = planned.repeat === "safe" ? { mayGoOn } : {};
    return { observe: (exchange) => log.add(exchange), sending, ...mayEnd };
  }
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
      endIfAsked();
      endInTime();
    },
  };
}
