import { metrics } from "../metrics/metrics.ts";
import { bucketOf } from "./path-template.ts";

/**
 * Counts a call to an org.
 *
 * @param path with query; only its known words are counted by
 * @param status undefined where no answer came
 */
export function countCall(path: string, status: number | undefined, tookMs: number): void {
  const { oktaCalls, oktaSeconds } = metrics();
  oktaCalls.inc({ bucket: bucketOf(path), status: statusClass(status) });
  oktaSeconds.observe(tookMs / 1000);
}

/** 429 apart: it is the one answer that says how much is left, not what went wrong. */
function statusClass(status: number | undefined): string {
  if (status === undefined) return "none";
  return status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
}
