import type { SeenLimit } from "../okta/read-limit.ts";
import type { BucketReport, Loan } from "./lend-calls.ts";

/** Reports what is known of a bucket and, with `borrow`, borrows calls of it. */
export type AskShared = (report: BucketReport, borrow: boolean) => Promise<Loan | undefined>;

/** How long a bucket whose answers name no limit is called without asking. */
const FREE_MS = 60_000;

/**
 * One rate bucket as a worker keeps it in memory: the calls it has borrowed and what it saw since. Most calls touch
 * nothing else. Times are those of a clock that is never set (performance.now).
 */
export class Bucket {
  readonly #ask: AskShared;
  readonly #now: () => number;
  #calls = 0;
  #callsUntil = 0;
  #floor = 0;
  #window: number | null = null;
  #spentUntil = 0;
  #freeUntil = 0;
  #used = 0;
  #seen: (Omit<SeenLimit, "endsInMs"> & { endsAt: number }) | undefined;
  #asking: Promise<void> | undefined;
  #probe: PromiseWithResolvers<void> | undefined;

  constructor(ask: AskShared, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Milliseconds a call has to wait; 0 when it may go now, which is counted. */
  async take(): Promise<number> {
    for (;;) {
      const now = this.#now();
      if (now < this.#freeUntil) return 0;
      if (now < this.#spentUntil) return this.#spentUntil - now;
      if (this.#calls > 0 && now < this.#callsUntil) {
        this.#calls -= 1;
        this.#used += 1;
        return 0;
      }
      // While one call finds the limit out, the others would be calls beyond an unknown limit.
      if (this.#probe) await this.#probe.promise;
      else {
        this.#asking ??= this.#borrow().finally(() => {
          this.#asking = undefined;
        });
        await this.#asking;
      }
    }
  }

  /** Takes note of an answer; undefined where there was none or it named no limit. */
  note(seen: SeenLimit | undefined, answered: boolean): void {
    const now = this.#now();
    if (seen) {
      const { endsInMs, ...rest } = seen;
      // Of a window's answers that overtook each other, the one with the least left is the newest.
      const older =
        this.#seen?.window === seen.window && (this.#seen?.remaining ?? Infinity) < seen.remaining;
      if (!older) this.#seen = { ...rest, endsAt: now + endsInMs };
      // The reserve is touched, or it is another window than the one these calls were lent for: ask again.
      if (seen.remaining < this.#floor || (seen.window ?? null) !== this.#window) this.#calls = 0;
    } else if (answered && this.#probe) this.#freeUntil = now + FREE_MS;
    this.#probe?.resolve();
    this.#probe = undefined;
  }

  /** Tells the others what was used here, where there is something to tell. */
  async report(): Promise<void> {
    if (this.#used > 0) await this.#tell(false);
  }

  async #borrow(): Promise<void> {
    const loan = await this.#tell(true);
    const now = this.#now();
    if (loan?.kind === "spent") this.#spentUntil = now + Math.max(loan.waitMs, 1);
    else if (loan?.kind === "lent") {
      this.#calls = loan.calls;
      this.#callsUntil = now + loan.forMs;
      this.#floor = loan.floor;
      this.#window = loan.window;
    } else if (loan?.kind === "probe") {
      this.#calls = 1;
      this.#callsUntil = now + FREE_MS;
      this.#floor = 0;
      this.#window = null;
      this.#probe = Promise.withResolvers();
    }
  }

  async #tell(borrow: boolean): Promise<Loan | undefined> {
    const [used, seen] = [this.#used, this.#seen];
    this.#used = 0;
    this.#seen = undefined;
    try {
      if (!seen) return await this.#ask({ used }, borrow);
      const { endsAt, ...rest } = seen;
      return await this.#ask({ used, seen: { ...rest, endsInMs: endsAt - this.#now() } }, borrow);
    } catch (error) {
      this.#used += used;
      this.#seen ??= seen;
      throw error;
    }
  }
}
