import type { Pool } from "pg";
import type { CountRequest, FlowMemory } from "#lib/cards/flow-memory.ts";
import type { Json } from "#lib/flow/json.ts";
import { losslessJson, storableText } from "../db/storable-json.ts";
import { withTransaction } from "../db/transaction.ts";
import { log } from "../log.ts";

/** A little more than the longest window an alert setting takes (30 days). */
const KEPT_DAYS = 32;
const PRUNE_EVERY_MS = 3_600_000;

/** What is taken of so much that may be used within `withinMs`; `most` is null where it may be as much as is asked. */
export interface SpendRequest {
  key: string;
  /** What it is taken for. */
  event: string;
  at: Date;
  amount: number;
  most: number | null;
  withinMs: number;
}

/**
 * What flows remember between events, on PostgreSQL. Counting takes turns per flow and key by an advisory lock, so that
 * of two workers that count at the same moment each gets a number of its own.
 */
export class FlowMemories {
  readonly #pool: Pool;
  #prunedAt = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The memory of one flow. */
  of(flowId: string): FlowMemory {
    const pool = this.#pool;
    return {
      count: async (request) => {
        const number = await count(pool, flowId, request);
        this.#pruneNowAndThen();
        return number;
      },
      mark: async (key) => {
        const { rows } = await pool.query<{ value: Json }>(
          "select value from flow_marks where flow_id = $1::uuid and key = $2",
          [flowId, key],
        );
        return rows[0]?.value;
      },
      setMark: async (key, before, after) => {
        const values = [flowId, key, losslessJson(after)];
        const { rowCount } =
          before === undefined
            ? await pool.query(FIRST_MARK, values)
            : await pool.query(NEXT_MARK, [...values, losslessJson(before)]);
        return rowCount === 1;
      },
    };
  }

  /**
   * Takes so much of what a flow may use within a time, or nothing where that would be too much.
   * What was taken for an event before is not taken again.
   *
   * @returns whether it may be used
   */
  async spend(flowId: string, request: SpendRequest): Promise<boolean> {
    const may = await spend(this.#pool, flowId, request);
    this.#pruneNowAndThen();
    return may;
  }

  /** Only where events are counted is there anything to prune, so no process needs a clockwork for it. */
  #pruneNowAndThen(): void {
    const now = Date.now();
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    pruneCounts(this.#pool).catch((error: unknown) =>
      log.warn({ err: error }, "Old event counts were not removed; the next turn may succeed."),
    );
  }
}

/**
 * Removes counted events that no window reaches any more. Of events counted without a window the newest number stays:
 * the next one goes on from it.
 */
export async function pruneCounts(pool: Pool): Promise<void> {
  await pool.query(PRUNE, [KEPT_DAYS]);
}

async function count(
  pool: Pool,
  flowId: string,
  { key, event, published, withinMs }: CountRequest,
): Promise<number> {
  const name = storableText(withinMs === undefined ? key : `${withinMs}ms ${key}`);
  const values = [flowId, name, storableText(event), published];
  return withTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${flowId} ${name}`]);
    // A statement of its own: one that began before the lock was ours would not see what the other worker counted.
    const { rows } = await client.query<{ number: number }>(
      withinMs === undefined ? COUNT_ALL : COUNT_WITHIN,
      withinMs === undefined ? values : [...values, withinMs],
    );
    const [row] = rows;
    if (!row) throw new Error("An event was neither counted nor found counted.");
    return row.number;
  });
}

async function spend(
  pool: Pool,
  flowId: string,
  { key, event, at, amount, most, withinMs }: SpendRequest,
): Promise<boolean> {
  const name = `${withinMs}ms ${key}`;
  return withTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${flowId} ${name}`]);
    const { rows } = await client.query<{ may: boolean }>(SPEND, [
      flowId,
      name,
      storableText(event),
      at,
      amount,
      most,
      withinMs,
    ]);
    return rows[0]?.may ?? false;
  });
}

/** A row for each one taken; the first bears the event's name. */
const SPEND = `
with known as (
  select from event_counts where flow_id = $1::uuid and key = $2 and event_uuid = $3
), spent as (
  select count(*)::int as number from event_counts
  where flow_id = $1::uuid and key = $2 and published > $4::timestamptz - $7::bigint * interval '1 millisecond'
), added as (
  insert into event_counts (flow_id, key, event_uuid, published, number)
  select $1::uuid, $2, case when i = 1 then $3 else $3 || '#' || i end, $4::timestamptz, spent.number + i
  from spent cross join generate_series(1, $5::int) i
  where not exists (select from known) and ($6::int is null or spent.number + $5::int <= $6::int)
  returning 1
)
select exists (select from known) or exists (select from added) as may`;

const KNOWN = `known as (
  select number from event_counts where flow_id = $1::uuid and key = $2 and event_uuid = $3
)`;

const added = (number: string) => `added as (
  insert into event_counts (flow_id, key, event_uuid, published, number)
  select $1::uuid, $2, $3, $4::timestamptz, (${number}) where not exists (select from known)
  returning number
)
select number from known union all select number from added`;

const COUNT_ALL = `with ${KNOWN}, ${added(
  "select coalesce(max(number), 0) + 1 from event_counts where flow_id = $1::uuid and key = $2",
)}`;

/** A window ends with one of the events; those that hold ours end between it and a window later. */
const COUNT_WITHIN = `with ${KNOWN}, around as (
  select published from event_counts
  where flow_id = $1::uuid and key = $2
    and published between $4::timestamptz - $5::bigint * interval '1 millisecond'
                      and $4::timestamptz + $5::bigint * interval '1 millisecond'
  union all select $4::timestamptz
), windows as (
  select w.published as until, (select count(*) from around a
    where a.published between w.published - $5::bigint * interval '1 millisecond' and w.published) as events
  from (select distinct published from around where published >= $4::timestamptz) w
), ${added("select max(events) from windows")}`;

const FIRST_MARK = `insert into flow_marks (flow_id, key, value) values ($1::uuid, $2, $3::jsonb)
  on conflict (flow_id, key) do nothing`;
const NEXT_MARK = `update flow_marks set value = $3::jsonb, updated_at = now()
  where flow_id = $1::uuid and key = $2 and value = $4::jsonb`;

const PRUNE = `
delete from event_counts c
where c.published < now() - $1::int * interval '1 day'
  and (c.key ~ '^[0-9]+ms ' or exists (
    select from event_counts newer
    where newer.flow_id = c.flow_id and newer.key = c.key and newer.number > c.number
  ))`;
