import type { Pool } from "pg";
import { log } from "../log.ts";
import { jobSpecSql } from "../queue/enqueue.ts";
import { unaskable, WAIT_CODES, waitError } from "./waits.ts";

/**
 * After so many failures in a row, with no answer between them that was none, the org is held for down: at once where they
 * came from two addresses or more and none was a 500, else when it does not answer a harmless question either. One address
 * that is broken is no outage; it used to keep all flows from an org that was well.
 */
export const FAILURES_TO_OPEN = 5;
/** First pause; doubled each time the org is found down again. */
const PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 300;
/** Whoever asks the org has this long; after that its worker is taken for dead and another one asks. */
const PROBE_SECONDS = 20;
/** An org that was found up again is not asked about for this long, while older rows of its connection are in use. */
const CLEAR_MS = 3_000;

/** How an exchange ended, as far as it says whether the org is up. */
export type Health =
  | "up"
  | "unknown"
  | {
      /** Why it is held for down, to be put behind "the org is down: ". */
      down: string;
      /** It may be the fault of the call alone, at however many addresses: only a question tells. */
      doubtful?: true;
    };

/** Answers of what stands before an org whose servers are gone, or of those that have no strength left. */
const DOWN = [502, 503, 504];

/**
 * What an exchange says of the org: 501 is an answer like any other refusal. A 500 may be the fault of the call alone, or of
 * an org that answers nothing else: while it counted for nothing, such an org failed 30 executions of 30. What never left
 * says nothing.
 */
export function healthOf(outcome: number | "no-answer" | "not-sent"): Health {
  if (outcome === "no-answer") return { down: "it does not answer" };
  if (outcome === "not-sent") return "unknown";
  if (outcome === 500) return { down: "it answers 500", doubtful: true };
  return DOWN.includes(outcome) ? { down: `it answers ${outcome}` } : "up";
}

/**
 * Keeps calls from an org that is down. Shared by all workers through the connection's row; while the org is up a call
 * costs nothing but a counter in memory.
 */
export class Breaker {
  readonly #pool: Pool;
  readonly #connectionId: string;
  readonly #ask: () => Promise<string | undefined>;
  readonly #now: () => number;
  #failures = 0;
  /** Where they came from: methods and paths without ids. */
  readonly #addresses = new Set<string>();
  #doubtful = false;
  #asking = false;
  #openUntil = 0;
  #clearUntil = 0;
  #reason = "";
  /** What the connection's row said when it was last read. */
  down = false;

  /** @param ask why the org is held for down by a harmless question; undefined when it answers */
  constructor(
    pool: Pool,
    connectionId: string,
    ask: () => Promise<string | undefined>,
    now: () => number = () => performance.now(),
  ) {
    this.#pool = pool;
    this.#connectionId = connectionId;
    this.#ask = ask;
    this.#now = now;
  }

  /**
   * Asked before a call. While the org is down one worker asks it a harmless question from time to time: the call itself
   * would find out about its own address only, and may be the very one that is broken.
   *
   * @param address what is called: method and path without ids
   * @returns to be told how it ended, and whether other calls were sent away for it: those don't come to fail, so the org
   *   is asked at the first failure
   * @throws CardError rateLimited (code "org-down") while the org is down
   */
  async enter(address: string): Promise<(health: Health, isLate?: boolean) => void> {
    const tell = (health: Health, isLate = false) => this.#note(health, address, isLate);
    const now = this.#now();
    if (now < this.#openUntil) throw this.#wait(this.#openUntil - now);
    if (!this.down || now < this.#clearUntil) return tell;
    const found = await this.#tryOrg();
    if (found.probe) {
      const reason = await this.#ask();
      if (reason === undefined) {
        this.#close();
        return tell;
      }
      this.#open(reason, true);
      throw this.#wait(this.#openUntil - this.#now());
    }
    if (!found.down) {
      this.down = false;
      this.#clearUntil = this.#now() + CLEAR_MS;
      return tell;
    }
    this.#reason = found.reason ?? "";
    this.#openUntil = this.#now() + Math.max(found.waitMs ?? 0, 1_000);
    throw this.#wait(this.#openUntil - this.#now());
  }

  #wait(waitMs: number) {
    const reason = this.#reason ? `: ${this.#reason}` : "";
    const why = `the org is down${reason}. It is tried again from time to time.`;
    return waitError(WAIT_CODES.down, why, waitMs, { org: this.#connectionId });
  }

  async #tryOrg(): Promise<Found> {
    try {
      const { rows } = await this.#pool.query<Found>({
        name: "try-org",
        text: TRY,
        values: [this.#connectionId],
      });
      return rows[0] ?? { probe: false, down: false, waitMs: null, reason: null };
    } catch (cause) {
      throw unaskable(cause);
    }
  }

  #note(health: Health, address: string, isLate: boolean): void {
    if (health === "unknown") return;
    if (health === "up") {
      this.#forget();
      return;
    }
    this.#failures += 1;
    this.#addresses.add(address);
    this.#doubtful ||= health.doubtful === true;
    if (this.#failures < FAILURES_TO_OPEN) {
      if (isLate) void this.#doubt();
      return;
    }
    if (this.#addresses.size > 1 && !this.#doubtful) this.#open(health.down, false);
    else void this.#doubt();
  }

  #forget(): void {
    this.#failures = 0;
    this.#addresses.clear();
    this.#doubtful = false;
  }

  /** One address fails again and again, or some are answered 500: is it the org? Calls go on meanwhile, and are counted anew. */
  async #doubt(): Promise<void> {
    this.#forget();
    if (this.#asking) return;
    this.#asking = true;
    const reason = await this.#ask().finally(() => {
      this.#asking = false;
    });
    if (reason !== undefined && !this.down) this.#open(reason, false);
  }

  #open(reason: string, probe: boolean): void {
    this.#forget();
    this.#reason = reason;
    this.#clearUntil = 0;
    this.#openUntil = this.#now() + PAUSE_SECONDS * 1000;
    this.down = true;
    this.#run(OPEN, [reason, probe]);
  }

  #close(): void {
    this.down = false;
    this.#openUntil = 0;
    this.#clearUntil = this.#now() + CLEAR_MS;
    this.#run(CLOSE, []);
  }

  // Nobody waits for it: should it fail, this worker pauses by itself and the next failures open it for all.
  #run(text: string, more: unknown[]): void {
    this.#pool
      .query(text, [this.#connectionId, ...more])
      .catch((err: unknown) => log.warn({ err }, "The state of an org could not be kept."));
  }
}

interface Found {
  probe: boolean;
  down: boolean;
  waitMs: number | null;
  reason: string | null;
}

/** Of all workers one gets the try: the update moves the time on under the row's lock. */
const TRY = `
with probe as (
  update connections set down_until = now() + interval '${PROBE_SECONDS} seconds'
  where id = $1::uuid and down_since is not null and down_until <= now() returning id
)
select exists (select from probe) as probe, c.down_since is not null as down,
  extract(epoch from c.down_until - now())::float8 * 1000 as "waitMs", c.down_reason as reason
from connections c where c.id = $1::uuid`;

const OPEN = `
update connections set down_since = coalesce(down_since, now()), down_reason = $2::text, down_times = down_times + 1,
  down_until = now() + least(${LONGEST_PAUSE_SECONDS}, ${PAUSE_SECONDS} * power(2, least(down_times, 20))) * interval '1 second'
where id = $1::uuid and (down_since is null or $3::boolean)`;

/** Those that wait for the org go on at once: budget and slots see to it that they don't all call at the same moment. */
const CLOSE = `
with closed as (
  update connections set down_since = null, down_until = null, down_times = 0, down_reason = null
  where id = $1::uuid and down_since is not null returning id::text
), resumed as (
  update executions e set waiting_until = now(), reason = 'The org answers again.'
  from closed
  where e.status = 'waiting' and e.waiting_until > now() and (
    select s.error ->> 'code' = '${WAIT_CODES.down}' and s.error -> 'data' ->> 'org' = closed.id
    from steps s where s.execution_id = e.id order by s.sequence desc limit 1)
  returning e.id, e.mode
)
select count(*)::int from
  (select array_agg(${jobSpecSql("r.id", "now()", "r.mode")}) as specs from resumed r having count(*) > 0) s
  cross join lateral graphile_worker.add_jobs(s.specs)`;
