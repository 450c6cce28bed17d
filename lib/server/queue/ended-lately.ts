import { metrics } from "../metrics/metrics.ts";

/** Seconds between two heartbeats of a worker: the time each number it tells is about. */
export const SLOT_SECONDS = 5;
/** A minute: as long as a window of Okta's rate limits, so that a pace they set is seen in full. */
const SLOTS = 12;

/** How many executions this process has ended since it started, or left to a person. */
export async function endedSoFar(): Promise<number> {
  const { values } = await metrics().executionsEnded.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

/**
 * Makes of a count that grows what was added to it from call to call.
 *
 * @param before the count as it is
 * @returns to be called with the count every `SLOT_SECONDS`: what was added since the last call, since the one before …,
 *   a minute of it
 */
export function endedLately(before: number): (soFar: number) => number[] {
  let last = before;
  let slots: number[] = [];
  return (soFar) => {
    slots = [Math.max(0, soFar - last), ...slots].slice(0, SLOTS);
    last = soFar;
    return slots;
  };
}
