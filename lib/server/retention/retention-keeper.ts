import { setTimeout as sleep } from "node:timers/promises";
import { whileLocked } from "../connections/whole-fleet-lock.ts";
import { type Database, database } from "../db/client.ts";
import { addUpPastDays } from "../intake/intake-counts.ts";
import { log } from "../log.ts";
import { metrics } from "../metrics/metrics.ts";
import { type Rounds, startRounds } from "../rounds.ts";
import { blankLeftovers } from "./blank-leftovers.ts";
import { type DeliveriesBatch, expireDeliveries, expireEvents } from "./expire-events.ts";
import { expireBulkRuns, expireExecutions, keepingOfFlows } from "./expire-executions.ts";
import { forgetEvents } from "./forget-events.ts";
import { forgetLabels } from "./forget-labels.ts";

/** How often executions that are old enough are deleted. */
const EVERY_MS = 10 * 60_000;
/** How often all events, deliveries and rows of runs by hand are passed over. */
const PASS_EVERY_MS = 6 * 60 * 60_000;
/** Rows of one statement: some 30 ms with five steps each (`npm run bench -- history`), so nobody behind it waits long. */
const BATCH = 500;
/** Between statements: the disk and the replicas are others' too. */
const BREATH_MS = 50;

/** Deletes in the worker what has been kept long enough. Of several workers one at a time does it. */
export function startRetentionKeeper(): Rounds {
  let passAt = 0;
  return startRounds({
    everyMs: EVERY_MS,
    failed: "Deleting old history failed; the next round tries again.",
    round: async (signal) => {
      const passes = Date.now() >= passAt;
      const gone = await whileLocked("retention", false, () => retainRound(database(), passes, signal));
      if (gone)
        for (const [what, count] of Object.entries(gone)) metrics().retentionDeleted.inc({ what }, count);
      if (gone && Object.values(gone).some((count) => count > 0)) log.info(gone, "Old history was deleted.");
      if (passes) passAt = Date.now() + PASS_EVERY_MS;
    },
  });
}

/** What a round of retention did. */
export interface Gone {
  executions: number;
  bulkRuns: number;
  blanked: number;
  /** Executions that lost their event, some time after their values. */
  forgotten: number;
  /** Rows of runs by hand that lost whom they were about. */
  labels: number;
  events: number;
  deliveries: number;
}

/**
 * One round: everything that is old enough now, batch after batch, until none is left or `signal` says stop.
 *
 * @param passes also pass over all events, deliveries and rows of runs by hand
 */
export async function retainRound(
  { pool, prisma }: Pick<Database, "pool" | "prisma">,
  passes: boolean,
  signal?: AbortSignal,
): Promise<Gone> {
  const gone: Gone = {
    executions: 0,
    bulkRuns: 0,
    blanked: 0,
    forgotten: 0,
    labels: 0,
    events: 0,
    deliveries: 0,
  };
  const breathe = () => sleep(BREATH_MS, undefined, { signal }).catch(() => {});
  /** Runs one statement after the other until one has nothing more to do. */
  const batches = async (statement: () => Promise<boolean>) => {
    while (!signal?.aborted && (await statement())) await breathe();
  };
  // Before executions are deleted: only through them is it known that an event is not kept.
  await batches(async () => {
    const blanked = await blankLeftovers(pool, BATCH);
    gone.blanked += blanked;
    return blanked === BATCH;
  });
  await batches(async () => {
    const forgotten = await forgetEvents(pool, BATCH);
    gone.forgotten += forgotten;
    return forgotten === BATCH;
  });
  gone.bulkRuns = await expireBulkRuns(pool, BATCH);
  for (const keeping of await keepingOfFlows(pool)) {
    await batches(async () => {
      const deleted = await expireExecutions(pool, keeping, BATCH);
      gone.executions += deleted;
      return deleted === BATCH;
    });
  }
  if (!passes) return gone;
  gone.labels = await forgetLabels(pool, async () => {
    await breathe();
    return !signal?.aborted;
  });
  let event: string | undefined;
  await batches(async () => {
    const { last, deleted } = await expireEvents(pool, event, BATCH);
    gone.events += deleted;
    event = last;
    return last !== undefined;
  });
  await addUpPastDays(pool);
  for (const { id } of await prisma.connection.findMany({ select: { id: true } })) {
    let delivery: DeliveriesBatch["last"];
    await batches(async () => {
      const { last, deleted } = await expireDeliveries(pool, id, delivery, BATCH);
      gone.deliveries += deleted;
      delivery = last;
      return last !== undefined;
    });
  }
  return gone;
}
