import { setTimeout as sleep } from "node:timers/promises";
import type { SeenLimit } from "../okta/read-limit.ts";
import type { BucketReport, Loan } from "./lend-calls.ts";

/** Reports what is known of a bucket and, for a flow's call, borrows calls of it. */
export type AskShared = (report: BucketReport, borrowFor: string | null) => Promise<Loan | undefined>;

interface Portion {
  calls: number;
  until: number;
}

const NOTHING: Portion = { calls: 0, until: 0 };

/** How long a bucket whose answers name no limit is called without asking. */
const FREE_MS = 60_000;
/**
 * Calls wait here so long for the one that finds the limit out, after that elsewhere: answers take a tenth of a second, and
 * where an org did not answer at all, seven executions of eight waited for the eighth's 45 s, and each for its own after that.
 */
const PROBE_PATIENCE_MS = 3_000;
/** Who is sent away for it comes back after as long as it has taken so far, and no sooner than this. */
const PROBE_AWAY_MS = 2_000;

/**
 * One rate bucket as a worker keeps it in memory: the calls it has borrowed and what it saw since. Most calls touch
 * nothing else. Times are those of a clock that is never set (performance.now).
 */
export class Bucket {
  readonly #ask: AskShared;
  readonly #now: () => number;
  #common: Portion = NOTHING;
  /** What was lent for one flow alone. */
  readonly #own = new Map<string, Portion>();
  readonly #spentUntil = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  #floor = 0;
  #window: number | null = null;
  #freeUntil = 0;
  #used = 0;
  #seen: (Omit<SeenLimit, "endsInMs"> & { endsAt: number }) | undefined;
  #asking: Promise<void> | undefined;
  #probe: (PromiseWithResolvers<void> & { since: number }) | undefined;

  constructor(ask: AskShared, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Whether one call is finding the limit out, for whose answer all others wait. */
  get isProbed(): boolean {
    return this.#probe !== undefined;
  }

  /**
   * Milliseconds a call has to wait; 0 when it may go now, which is counted.
   *
   * @param flow whose call it is
   */
  async take(flow = ""): Promise<number> {
    let asked = false;
    for (;;) {
      const now = this.#now();
      if (now < this.#freeUntil) return 0;
      const spentUntil = this.#spentUntil.get(flow) ?? 0;
      if (now < spentUntil) {
        // The refusal of the one who asked is counted where he was refused.
        if (!asked) this.#refused.set(flow, (this.#refused.get(flow) ?? 0) + 1);
        return spentUntil - now;
      }
      const portion = [this.#own.get(flow) ?? NOTHING, this.#common].find(
        ({ calls, until }) => calls > 0 && now < until,
      );
      if (portion) {
        portion.calls -= 1;
        this.#used += 1;
        return 0;
      }
      // While one call finds the limit out, the others would be calls beyond an unknown limit.
      if (this.#probe) {
        const tookMs = now - this.#probe.since;
        if (tookMs >= PROBE_PATIENCE_MS) return Math.max(tookMs, PROBE_AWAY_MS);
        const patience = sleep(Math.ceil(PROBE_PATIENCE_MS - tookMs), undefined, { ref: false });
        await Promise.race([this.#probe.promise, patience]);
      } else if (this.#asking) await this.#asking;
      else {
        asked = true;
        this.#asking = this.#borrow(flow).finally(() => {
          this.#asking = undefined;
        });
        await this.#asking;
      }
    }
  }

  /**
   * Takes note of an answer; undefined where there was none or it named no limit.
   *
   * @returns whether other calls were sent away because it took so long
   */
  note(seen: SeenLimit | undefined, answered: boolean): boolean {
    const now = this.#now();
    if (seen) {
      const { endsInMs, ...rest } = seen;
      // Of a window's answers that overtook each other, the one with the least left is the newest.
      const older =
        this.#seen?.window === seen.window && (this.#seen?.remaining ?? Infinity) < seen.remaining;
      if (!older) this.#seen = { ...rest, endsAt: now + endsInMs };
      // The reserve is touched, or it is another window than the one these calls were lent for: ask again.
      if (seen.remaining < this.#floor || (seen.window ?? null) !== this.#window) {
        this.#common = NOTHING;
        this.#own.clear();
      }
    } else if (answered && this.#probe) this.#freeUntil = now + FREE_MS;
    const isLate = this.#probe !== undefined && now - this.#probe.since >= PROBE_PATIENCE_MS;
    this.#probe?.resolve();
    this.#probe = undefined;
    return isLate;
  }

  /** Tells the others what was used here, where there is something to tell. */
  async report(): Promise<void> {
    if (this.#used > 0 || this.#refused.size > 0) await this.#tell(null);
  }

  async #borrow(flow: string): Promise<void> {
    const loan = await this.#tell(flow);
    const now = this.#now();
    if (loan?.kind === "spent") {
      for (const [other, until] of this.#spentUntil) if (until <= now) this.#spentUntil.delete(other);
      this.#spentUntil.set(flow, now + Math.max(loan.waitMs, 1));
    } else if (loan?.kind === "lent") {
      const portion = { calls: loan.calls, until: now + loan.forMs };
      if (loan.alone) this.#own.set(flow, portion);
      else this.#common = portion;
      this.#floor = loan.floor;
      this.#window = loan.window;
    } else if (loan?.kind === "probe") {
      this.#common = { calls: 1, until: now + FREE_MS };
      this.#floor = 0;
      this.#window = null;
      this.#probe = { ...Promise.withResolvers<void>(), since: now };
    }
  }

  async #tell(borrowFor: string | null): Promise<Loan | undefined> {
    const [used, seen] = [this.#used, this.#seen];
    const refused = this.#refused.size > 0 ? Object.fromEntries(this.#refused) : undefined;
    this.#used = 0;
    this.#seen = undefined;
    this.#refused.clear();
    try {
      const report: BucketReport = { used, ...(refused ? { refused } : {}) };
      if (!seen) return await this.#ask(report, borrowFor);
      const { endsAt, ...rest } = seen;
      return await this.#ask({ ...report, seen: { ...rest, endsInMs: endsAt - this.#now() } }, borrowFor);
    } catch (error) {
      this.#used += used;
      this.#seen ??= seen;
      throw error;
    }
  }
}
