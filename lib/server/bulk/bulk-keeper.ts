import { database } from "../db/client.ts";
import { type Rounds, startRounds } from "../rounds.ts";
import { startPortion } from "./start-portion.ts";

/** How often the runs under way are topped up. */
const BUSY_MS = 250;
/** How soon a run is found whose first portion was started by the console, or whose worker died. */
const IDLE_MS = 1000;

/**
 * Starts the rows of runs by hand, a portion after the other, in the worker. What there is to do stands in the database
 * alone: a worker that dies is followed by any other, and several take turns by the run's row lock.
 */
export function startBulkKeeper(): Rounds {
  return startRounds({
    everyMs: IDLE_MS,
    failed: "Starting rows of a run by hand failed; it is tried again.",
    round: async (signal) => ((await round(signal)) ? BUSY_MS : IDLE_MS),
  });
}

/** @returns whether any run is under way */
async function round(signal: AbortSignal): Promise<boolean> {
  const { prisma, pool } = database();
  const { rows } = await pool.query<{ id: string }>({
    name: "bulk-runs-under-way",
    text: "select id from bulk_runs where status = 'running' order by created_at",
  });
  for (const { id } of rows) {
    if (signal.aborted) break;
    await prisma.$transaction((tx) => startPortion(tx, id), { timeout: 30_000 });
  }
  return rows.length > 0;
}
