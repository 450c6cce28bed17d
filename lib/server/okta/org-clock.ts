import type { OrgTime } from "../../connectors/okta/client.ts";

/** A database set right by NTP between an attempt and the look at it, an answer that was long on its way to us. */
const DOUBT_MS = 2_000;
/** What clocks that are kept right drift apart at most: NTP lets none run faster or slower than by 500 in a million. */
const DRIFT = 1 / 1_000;

/**
 * How far an org's clock is from ours, by the `Date` of its last answer. Ours may be minutes off: a worker half a minute
 * ahead took the user it had just deactivated for one deactivated before, and deleted it.
 */
export class OrgClock {
  #aheadMs: number | undefined;

  /**
   * @param headers of an answer, with lower-case names
   * @param now when it came, in milliseconds by our clock
   */
  answered(headers: Record<string, string>, now: number): void {
    const served = Date.parse(headers.date ?? "");
    if (!Number.isNaN(served)) this.#aheadMs = served - now;
  }

  /**
   * What the org's clock showed at a moment of ours. `Date` has whole seconds, cut off, and was written before it came
   * here, so the org's clock was never behind this.
   * @param now milliseconds by our clock
   */
  at(ours: Date, now: number): OrgTime | undefined {
    if (this.#aheadMs === undefined) return undefined;
    const agoMs = Math.max(0, now - ours.getTime());
    return { earliest: ours.getTime() + this.#aheadMs, doubtMs: DOUBT_MS + agoMs * DRIFT };
  }
}
