import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { OktaMethod } from "../../connectors/okta/client.ts";
import { log } from "../log.ts";
import { rateBucketOf } from "../okta/path-template.ts";
import { readLimit } from "../okta/read-limit.ts";
import { AnswerOrder } from "./answer-order.ts";
import { Bucket } from "./bucket.ts";
import { askBucket } from "./shared-bucket.ts";
import { unaskable, WAIT_CODES, waitError } from "./waits.ts";

/** What this process used is told to the others at least so often, for the meter. */
const REPORT_MS = 5_000;
/** A further call of a card waits here at most this long at a time; Okta's windows are a minute. */
const WAIT_HERE_MS = 70_000;

/** The rate buckets of one connection as one worker keeps them. */
export class CallBudget {
  readonly #pool: Pool;
  readonly #connectionId: string;
  readonly #buckets = new Map<string, Bucket>();
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
   * @param first see `CallGate`
   * @param flow whose call it is: where there is not enough for all, each gets its part
   * @returns to be given the answer's headers, or none where none came
   * @throws CardError rateLimited (code "budget-spent") when flows have used their share of this window
   */
  async take(
    { method, path, first }: { method: OktaMethod; path: string; first: boolean },
    flow?: string,
    now: () => number = Date.now,
  ): Promise<(headers: Record<string, string> | undefined) => void> {
    const name = rateBucketOf(method, path);
    const bucket = this.#bucket(name);
    for (let waited = 0; ; ) {
      const waitMs = await bucket.take(flow).catch((cause: unknown) => {
        throw unaskable(cause);
      });
      if (waitMs === 0) break;
      this.#reportLater();
      if (first || waited + waitMs > WAIT_HERE_MS) throw spent(this.#connectionId, name, waitMs);
      waited += waitMs;
      await sleep(Math.ceil(waitMs));
    }
    this.#reportLater();
    const left = this.#order.leaves();
    return (headers) => {
      const seen = headers && readLimit(headers, now());
      if (seen) this.#order.note(name, left, seen);
      bucket.note(seen, headers !== undefined);
    };
  }

  /** Tells the others what was used here. Never rejects. */
  async report(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const failed = (err: unknown) => log.debug({ err }, "The use of a rate bucket could not be reported.");
    await Promise.all([...this.#buckets.values()].map((bucket) => bucket.report().catch(failed)));
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

function spent(org: string, bucket: string, waitMs: number) {
  const message = `Waiting for Okta: flows have used their share of the rate limit for ${bucket}.`;
  return waitError(WAIT_CODES.budget, message, waitMs, { org, bucket });
}
