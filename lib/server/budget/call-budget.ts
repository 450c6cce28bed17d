import type { Pool } from "pg";
import type { OktaMethod } from "../../connectors/okta/client.ts";
import { log } from "../log.ts";
import { rateBucketOf } from "../okta/path-template.ts";
import { readLimit } from "../okta/read-limit.ts";
import { AnswerOrder } from "./answer-order.ts";
import { Bucket } from "./bucket.ts";
import { shareOf } from "./lend-calls.ts";
import { askBucket } from "./shared-bucket.ts";
import { unaskable, WAIT_CODES, waitError } from "./waits.ts";
import { WindowsAhead } from "./windows-ahead.ts";

/** What this process used is told to the others at least so often, for the meter. */
const REPORT_MS = 5_000;

/** The rate buckets of one connection as one worker keeps them. */
export class CallBudget {
  readonly #pool: Pool;
  readonly #connectionId: string;
  readonly #buckets = new Map<string, Bucket>();
  readonly #ahead = new Map<string, WindowsAhead>();
  readonly #order = new AnswerOrder();
  #timer: NodeJS.Timeout | undefined;
  /** Percent of each bucket that is left to others. */
  reserve: number;

  constructor(pool: Pool, connectionId: string, reserve: number) {
    this.#pool = pool;
    this.#connectionId = connectionId;
    this.reserve = reserve;
  }

  /**
   * Counts a call against its bucket before it is sent.
   *
   * @param flow whose call it is: where there is not enough for all, each gets its part
   * @returns to be given the answer's headers, or none where none came; tells whether other calls were sent
   *   away because that took so long
   * @throws CardError rateLimited (code "budget-spent") when flows have used their share of this window, or nobody knows the
   *   limit and the call that finds it out takes its time
   */
  async take(
    { method, path }: { method: OktaMethod; path: string },
    flow?: string,
    now: () => number = Date.now,
  ): Promise<(headers: Record<string, string> | undefined) => boolean> {
    const name = rateBucketOf(method, path);
    const bucket = this.#bucket(name);
    const waitMs = await bucket.take(flow).catch((cause: unknown) => {
      throw unaskable(cause);
    });
    this.#reportLater();
    if (waitMs > 0) {
      const why = bucket.isProbed
        ? `the answer that tells the rate limit for ${name} is not there yet.`
        : `flows have used their share of the rate limit for ${name}.`;
      const about = { org: this.#connectionId, bucket: name };
      const comeBackMs = this.#aheadOf(name).wait(flow ?? "", waitMs);
      throw waitError(WAIT_CODES.budget, why, waitMs, about, comeBackMs);
    }
    const left = this.#order.leaves();
    return (headers) => {
      const seen = headers && readLimit(headers, now());
      if (seen) {
        this.#order.note(name, left, seen);
        this.#aheadOf(name).note(seen, shareOf(seen.limit, this.reserve));
      }
      return bucket.note(seen, headers !== undefined);
    };
  }

  /** Tells the others what was used here. Never rejects. */
  async report(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const failed = (err: unknown) => log.debug({ err }, "The use of a rate bucket could not be reported.");
    await Promise.all([...this.#buckets.values()].map((bucket) => bucket.report().catch(failed)));
  }

  #aheadOf(name: string): WindowsAhead {
    const ahead = this.#ahead.get(name) ?? new WindowsAhead();
    this.#ahead.set(name, ahead);
    return ahead;
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    const id = { connectionId: this.#connectionId, bucket: name };
    const bucket = new Bucket((report, borrowFor) => {
      const apart = this.#order.apartFrom(name);
      const told = apart ? { ...report, apart } : report;
      return askBucket(
        this.#pool,
        id,
        told,
        borrowFor === null ? null : this.reserve,
        borrowFor ?? undefined,
      );
    });
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #reportLater(): void {
    this.#timer ??= setTimeout(() => void this.report(), REPORT_MS).unref();
  }
}
