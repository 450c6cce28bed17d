import type { Pool } from "pg";
import { log } from "../log.ts";
import { jobSpecSql } from "../queue/enqueue.ts";
import { unaskable, WAIT_CODES, waitError } from "./waits.ts";

/** So many failures in a row, with no answer between them that was none, are an org that is down. */
export const FAILURES_TO_OPEN = 5;
/** First pause; doubled each time the org is found down again. */
const PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 300;
/** Whoever tries the org has this long; after that its worker is taken for dead and another one tries. */
const PROBE_SECONDS = 60;
/** An org that was found up again is not asked about for this long, while older rows of its connection are in use. */
const CLEAR_MS = 3_000;

/** How an exchange ended, as far as it says whether the org is up. */
export type Health = "up" | "unknown" | { down: string };

/** What an exchange says: 501 is an answer like any other refusal, and what never left says nothing. */
export function healthOf(outcome: number | "no-answer" | "not-sent"): Health {
  if (outcome === "not-sent") return "unknown";
  if (outcome === "no-answer") return { down: "it does not answer" };
  return outcome >= 500 && outcome !== 501 ? { down: `it answers ${outcome}` } : "up";
}

/**
 * Keeps calls from an org that is down. Shared by all workers through the connection's row; while the org is up a call
 * costs nothing but a counter in memory.
 */
export class Breaker {
  readonly #pool: Pool;
  readonly #connectionId: string;
  readonly #now: () => number;
  #failures = 0;
  #openUntil = 0;
  #clearUntil = 0;
  #reason = "";
  /** What the connection's row said when it was last read. */
  down = false;

  constructor(pool: Pool, connectionId: string, now: () => number = () => performance.now()) {
    this.#pool = pool;
    this.#connectionId = connectionId;
    this.#now = now;
  }

  /**
   * Asked before a call.
   *
   * @returns to be told how it ended
   * @throws CardError rateLimited (code "org-down") while the org is down, but for the one call that tries it
   */
  async enter(): Promise<(health: Health) => void> {
    const now = this.#now();
    if (now < this.#openUntil) throw this.#wait(this.#openUntil - now);
    if (!this.down || now < this.#clearUntil) return (health) => this.#note(health, false);
    const found = await this.#tryOrg();
    if (found.probe) return (health) => this.#note(health, true);
    if (!found.down) {
      this.down = false;
      this.#clearUntil = this.#now() + CLEAR_MS;
      return (health) => this.#note(health, false);
    }
    this.#reason = found.reason ?? "";
    this.#openUntil = this.#now() + Math.max(found.waitMs ?? 0, 1_000);
    throw this.#wait(this.#openUntil - this.#now());
  }

  #wait(waitMs: number) {
    const why = this.#reason ? `: ${this.#reason}` : "";
    const message = `Waiting for Okta: the org is down${why}. It is tried again from time to time.`;
    return waitError(WAIT_CODES.down, message, waitMs, { org: this.#connectionId });
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

  #note(health: Health, probe: boolean): void {
    if (health === "unknown") {
      // A try that never left tells nothing: the next may be made at once, not after a minute.
      if (probe) this.#run(GIVE_BACK, []);
      return;
    }
    if (health === "up") {
      this.#failures = 0;
      if (probe) this.#close();
      return;
    }
    this.#failures += 1;
    if (probe || this.#failures >= FAILURES_TO_OPEN) this.#open(health.down, probe);
  }

  #open(reason: string, probe: boolean): void {
    this.#failures = 0;
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

const GIVE_BACK = "update connections set down_until = now() where id = $1::uuid and down_since is not null";

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
