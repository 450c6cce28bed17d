import { setTimeout as sleep } from "node:timers/promises";
import { type Load, sendAll } from "./deliveries.ts";
import { EVENT_TYPE } from "./documents.ts";
import type { Stage } from "./stage.ts";

/** What a load came to. */
export interface Measured {
  acks: number[];
  /** Milliseconds from an event's arrival in the database to the end of its executions. */
  latencies: number[];
  executions: number;
  /** From the first delivery to the last end, by the database's clock. */
  perSecond: number;
}

const DONE_WITHIN_MS = 600_000;

/**
 * Makes and turns on flows, sends events, waits for their executions, and deletes the flows.
 *
 * @throws Error when an execution is missing or did not succeed
 */
export async function measure(stage: Stage, documents: object[], load: Load): Promise<Measured> {
  const flows = await inPortions(documents, (document) => stage.api.createFlow(document));
  try {
    const since = await now(stage);
    const { acks } = await sendAll(stage.hook, EVENT_TYPE, load);
    const expected = load.events * flows.length;
    return { acks, ...(await ended(stage, flows, since, expected)) };
  } finally {
    await inPortions(flows, (flow) => stage.api.deleteFlow(flow));
  }
}

/** A thousand at once would wait for the console's connections to the database until they are refused. */
const AT_ONCE = 8;

async function inPortions<Item, Made>(items: readonly Item[], make: (item: Item) => Promise<Made>) {
  const made: Made[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    made.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(make))));
  return made;
}

/** The database's clock, by which executions end. */
export async function now({ pool }: Stage): Promise<Date> {
  return (await pool.query<{ now: Date }>("select now()")).rows[0]?.now ?? new Date();
}

/** Waits until so many executions of these flows have ended, and tells how fast that was. */
export async function ended({ pool }: Stage, flows: string[], since: Date, expected: number) {
  const deadline = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `select count(*)::int as left from executions
       where status in ('queued', 'running', 'waiting') and flow_id = any($1::uuid[])`,
      [flows],
    );
    if (rows[0]?.left === 0) break;
    if (performance.now() > deadline) throw new Error(`${rows[0]?.left} executions are still under way.`);
    await sleep(100);
  }
  const { rows } = await pool.query<{ ok: number; seconds: number; latencies: number[] }>(
    `select count(*) filter (where status = 'succeeded')::int as ok,
            extract(epoch from max(finished_at) - $2::timestamptz)::float8 as seconds,
            array_agg(extract(epoch from finished_at - created_at)::float8 * 1000) as latencies
     from executions where flow_id = any($1::uuid[])`,
    [flows, since],
  );
  const [row] = rows;
  if (row?.ok !== expected) throw new Error(`${expected} executions should have succeeded, ${row?.ok} did.`);
  return { latencies: row.latencies, executions: expected, perSecond: expected / row.seconds };
}

/** The value below which this share of the values is. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** "12 / 63": the median and the 99th percentile, in milliseconds. */
export function middleAndTail(values: number[]): string {
  const short = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  return `${short(percentile(values, 0.5))} / ${short(percentile(values, 0.99))} ms`;
}
