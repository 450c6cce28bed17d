import pg from "pg";
import { connectionName } from "../db/connection-name.ts";
import { log } from "../log.ts";
import { unaskable, WAIT_CODES, waitError } from "./waits.ts";

/** A slot nobody used this long goes back to the other workers. */
const IDLE_MS = 1_000;
/**
 * One idle longer than this was not given back in its time, so this process stood still: another may have the slot by now,
 * and the end of the connection it was held on may not have been read yet.
 */
const DOUBTFUL_MS = 10_000;
/** While all slots are taken it is looked again so often. */
const LOOK_MS = 50;
/** Calls are short: who waits longer leaves the worker to others. */
const WAIT_HERE_MS = 5_000;
/** An execution that was sent away comes back after this long. */
const AWAY_MS = 2_000;

/** The slots of one org that this process has. */
interface Held {
  /** With when they were last used. */
  idle: { slot: number; since: number }[];
  busy: Set<number>;
  waiting: Set<() => void>;
  looking?: Promise<number | undefined>;
  /** When none was free the last time. */
  fullAt: number;
}

/**
 * The calls under way to each org, over all workers. A slot is an advisory lock on a connection of its own: PostgreSQL
 * frees it the moment the process dies, and no two hold the same; of a process that is frozen the sweep ends the connection. A slot is kept for the next call, so that a busy worker
 * asks once, not with each call.
 */
export class CallSlots {
  readonly #url: string;
  readonly #orgs = new Map<string, Held>();
  #client: Promise<pg.Client> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Waits for a slot.
   *
   * @param limit calls under way at once, over all workers
   * @returns gives the slot back
   * @throws CardError rateLimited (code "calls-at-limit") when none came free in time
   */
  async enter(connectionId: string, limit: number): Promise<() => void> {
    const until = performance.now() + WAIT_HERE_MS;
    for (;;) {
      // Anew each time: with a lost connection all that was held is gone.
      const held = this.#org(connectionId);
      const slot = takeIdle(held, limit) ?? (await this.#look(connectionId, held, limit));
      if (slot !== undefined) {
        this.#sweepLater();
        return () => leave(held, slot);
      }
      if (performance.now() > until) throw full(connectionId, limit);
      await wakeUp(held);
    }
  }

  /** Gives all slots back. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#orgs.clear();
    await (await client?.catch(() => undefined))?.end().catch(() => undefined);
  }

  #org(connectionId: string): Held {
    const known = this.#orgs.get(connectionId);
    if (known) return known;
    const held: Held = { idle: [], busy: new Set(), waiting: new Set(), fullAt: Number.NEGATIVE_INFINITY };
    this.#orgs.set(connectionId, held);
    return held;
  }

  /** One statement at a time per org, and none right after one that found all taken: many calls may be waiting. */
  async #look(connectionId: string, held: Held, limit: number): Promise<number | undefined> {
    if (held.looking) {
      await held.looking.catch(() => undefined);
      return takeIdle(held, limit);
    }
    if (performance.now() < held.fullAt + LOOK_MS) return undefined;
    held.looking = this.#lock(connectionId, held, limit);
    try {
      return await held.looking;
    } finally {
      held.looking = undefined;
    }
  }

  async #lock(connectionId: string, held: Held, limit: number): Promise<number | undefined> {
    try {
      const client = await this.#connected();
      const own = [...held.busy, ...held.idle.map(({ slot }) => slot)];
      const { rows } = await client.query<{ slot: number }>({
        name: "take-call-slot",
        text: TAKE,
        values: [connectionId, limit, own],
      });
      const slot = rows[0]?.slot;
      // At once: were it nobody's for a moment, the next statement could lock it a second time for another call.
      if (slot !== undefined) held.busy.add(slot);
      else held.fullAt = performance.now();
      return slot;
    } catch (cause) {
      throw unaskable(cause);
    }
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: connectionName("flowdeck-call-slots"),
      keepAlive: true,
      query_timeout: WAIT_HERE_MS,
      connectionTimeoutMillis: WAIT_HERE_MS,
    });
    let lost = false;
    const lose = (err?: Error) => {
      if (err) log.warn({ err }, "The connection that holds the slots of calls was lost.");
      if (lost) return;
      lost = true;
      this.#client = undefined;
      this.#orgs.clear();
    };
    client.on("error", lose);
    client.on("end", () => lose());
    try {
      await client.connect();
      return client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  #sweepLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#giveIdleBack();
    }, IDLE_MS).unref();
  }

  async #giveIdleBack(): Promise<void> {
    const before = performance.now() - IDLE_MS;
    for (const [connectionId, held] of this.#orgs) {
      const idle = held.idle.filter(({ since }) => since <= before).map(({ slot }) => slot);
      held.idle = held.idle.filter(({ since }) => since > before);
      if (idle.length > 0 && this.#client) {
        const client = await this.#client.catch(() => undefined);
        await client
          ?.query(RELEASE, [connectionId, idle])
          .catch((err: unknown) => log.debug({ err }, "Slots of calls could not be given back."));
      }
      if (held.idle.length > 0 || held.busy.size > 0) this.#sweepLater();
    }
  }
}

/**
 * $1 connection, $2 limit, $3 slots this process has: a lock it holds it would be given once more. A worker takes its part
 * of the slots at most, or the first to be busy would keep them from all others.
 */
const TAKE = `
select slot from generate_series(1, $2::int) slot
where cardinality($3::int[]) < greatest(1, ceil($2::numeric / greatest(1, (select count(*) from workers))))
  and case when slot = any($3::int[]) then false
      else pg_try_advisory_lock(hashtextextended('call:' || $1::text || ':' || slot, 0)) end
limit 1`;
const RELEASE = `select pg_advisory_unlock(hashtextextended('call:' || $1::text || ':' || slot, 0))
  from unnest($2::int[]) slot`;

/** An idle slot within the limit; doubtful ones and those beyond a limit that was lowered stay unused until they go back. */
function takeIdle(held: Held, limit: number): number | undefined {
  const after = performance.now() - DOUBTFUL_MS;
  const at = held.idle.findLastIndex(({ slot, since }) => slot <= limit && since > after);
  if (at < 0) return undefined;
  const slot = held.idle.splice(at, 1)[0]?.slot;
  if (slot !== undefined) held.busy.add(slot);
  return slot;
}

function leave(held: Held, slot: number): void {
  if (!held.busy.delete(slot)) return;
  held.idle.push({ slot, since: performance.now() });
  const [next] = held.waiting;
  next?.();
}

/** Until a slot of this process came free, or it is time to look again. */
async function wakeUp({ waiting }: Held): Promise<void> {
  const woken = Promise.withResolvers<void>();
  const wake = () => {
    waiting.delete(wake);
    woken.resolve();
  };
  waiting.add(wake);
  const timer = setTimeout(wake, LOOK_MS);
  await woken.promise;
  clearTimeout(timer);
}

function full(org: string, limit: number) {
  const why = `${limit} calls are under way, as many as the connection allows.`;
  return waitError(WAIT_CODES.slots, why, AWAY_MS, { org });
}
