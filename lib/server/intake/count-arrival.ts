import { metrics } from "../metrics/metrics.ts";
import type { Arrival, Receipt } from "./receive-events.ts";

/** Counts a delivery that is durable. */
export function countArrival(
  source: Arrival["source"],
  { accepted, late, duplicates, executions }: Receipt,
): void {
  const { deliveries, events, executionsStarted } = metrics();
  deliveries.inc({ source });
  events.inc({ outcome: "accepted", source }, accepted);
  events.inc({ outcome: "duplicate", source }, duplicates);
  events.inc({ outcome: "late", source }, late);
  if (source === "recovery") events.inc({ outcome: "recovered", source }, accepted);
  executionsStarted.inc(executions);
}

/**
 * Counts a call of a hook's address with its answer.
 *
 * @param tookMs from the call to the answer
 */
export function countHookCall(status: number, tookMs: number): void {
  const { hookCalls, hookSeconds } = metrics();
  hookCalls.inc({ status: String(status) });
  hookSeconds.observe(tookMs / 1000);
}
