import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Runner, run, type WorkerEvents } from "graphile-worker";
import type { Database } from "../db/client.ts";
import { log } from "../log.ts";
import { startRounds } from "../rounds.ts";
import { EXECUTION_TASK } from "./enqueue.ts";
import { dealIn } from "./fair-turns.ts";
import { type Lease, takeLease } from "./lease.ts";
import { letAllNext } from "./lines.ts";
import { queueLogger } from "./queue-logger.ts";
import { releaseStranded } from "./release.ts";
import { freeDeadWorkers, giveUpSpent, requeueForgotten } from "./sweep.ts";

export interface WorkerOptions {
  database: Database;
  /** Executions at once. */
  concurrency: number;
  /** Runs one execution to where it ends or waits. What it throws makes the queue try again, later and later. */
  runExecution: (executionId: string) => Promise<void>;
  /** Somebody wants this execution cancelled; it may run here or elsewhere. */
  onCancel: (executionId: string) => void;
  /** Others may be taking our executions over: the process should end. */
  onLost: (reason: Error) => void;
  /** How long the first look at the queue may take. */
  firstLookMs?: number;
}

export interface RunningWorker {
  /**
   * Takes no more executions and waits for those it has.
   *
   * @param withinMs after this long it gives its lease back all the same; others go on with what is left
   */
  stop: (withinMs: number) => Promise<void>;
}

/** Lost notifications cost at most this long. */
const POLL_MS = 500;
/** Takeover after kill -9 takes at most a sweep and a poll. */
const SWEEP_MS = 2000;
const REQUEUE_MS = 60_000;
/** How long those in line wait when whoever was to let them in died, or the one before them was cancelled. */
const LINES_MS = 5_000;
/** How long, beside a backlog, a wait's end goes unnoticed. */
const DEAL_MS = 500;
/** Finished jobs leave the queue together. One that stays behind in a crash finds its execution finished. */
const COMPLETE_TOGETHER_MS = 20;
/**
 * The queue library remembers the outcome of its first look for good, a failure too: one connection that took too long on a
 * busy machine, and the worker beat its heart and never took an execution. Such a start is made anew.
 */
const FIRST_LOOK_MS = 10_000;
const STARTS = 3;
/** Jobs fetched ahead and not begun go back to the others after this long. */
const KEEP_AHEAD_MS = 2000;

/**
 * Starts taking executions from the queue. The schema of the queue must be there (`prepareDatabase`).
 *
 * @throws PostgreSQL's error when the database can't be reached
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { database, concurrency, onCancel, onLost } = options;
  const lease = await takeLease({ url: database.url, onCancel, onLost });
  let stopping = false;
  try {
    const runner = await startRunner(options, lease);
    runner.promise.catch((error: unknown) => {
      if (!stopping) onLost(error instanceof Error ? error : new Error(String(error)));
    });
    const failed = "Looking after the queue failed.";
    const rounds = [
      startRounds({
        everyMs: SWEEP_MS,
        failed,
        round: async () => {
          await freeDeadWorkers(database);
          await giveUpSpent(database.pool);
          await releaseStranded(database);
        },
      }),
      startRounds({
        everyMs: REQUEUE_MS,
        failed,
        round: async () => {
          await requeueForgotten(database.pool);
        },
      }),
      startRounds({
        everyMs: LINES_MS,
        failed,
        round: async () => {
          await letAllNext(database.pool);
        },
      }),
      startRounds({
        everyMs: DEAL_MS,
        failed,
        round: async () => {
          await dealIn(database.pool);
        },
      }),
    ];
    log.info({ workerId: lease.workerId, concurrency }, "This worker takes executions.");
    return {
      stop: async (withinMs) => {
        stopping = true;
        await Promise.race([
          Promise.all([runner.stop(), ...rounds.map((round) => round.stop())]),
          sleep(withinMs, undefined, { ref: false }),
        ]);
        await lease.release();
      },
    };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** @throws Error when the queue could not be looked at in any of several starts */
async function startRunner(options: WorkerOptions, lease: Lease): Promise<Runner> {
  const { firstLookMs = FIRST_LOOK_MS } = options;
  for (let start = 1; ; start += 1) {
    const { runner, looked } = await startOnce(options, lease);
    const late = sleep(firstLookMs, "late", { ref: false });
    if ((await Promise.race([looked, late])) !== "late") return runner;
    await runner.stop();
    if (start === STARTS) throw new Error("The queue could not be looked at; is the database overloaded?");
    log.warn({ workerId: lease.workerId }, "The first look at the queue failed; the worker begins anew.");
  }
}

/** `looked` is fulfilled with the first look at the queue that succeeds, whether it finds anything or not. */
async function startOnce(
  { database, concurrency, runExecution }: WorkerOptions,
  lease: Lease,
): Promise<{ runner: Runner; looked: Promise<void> }> {
  const looked = Promise.withResolvers<void>();
  const events: WorkerEvents = new EventEmitter();
  const ids: string[] = [];
  events.on("pool:create", ({ workerPool }) => ids.push(workerPool.id));
  events.on("worker:create", ({ worker }) => ids.push(worker.workerId));
  events.on("localQueue:getJobs:complete", () => looked.resolve());
  const runner = await run({
    pgPool: database.pool,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: queueLogger,
    events,
    taskList: {
      [EXECUTION_TASK]: async (payload) => runExecution(executionIdOf(payload)),
    },
    preset: {
      worker: {
        localQueue: { size: concurrency, ttl: KEEP_AHEAD_MS },
        completeJobBatchDelay: COMPLETE_TOGETHER_MS,
      },
    },
  });
  // Jobs may have been taken already; the sweep leaves jobs of unknown ids alone for the time this takes.
  await lease.addQueueIds(ids);
  return { runner, looked: looked.promise };
}

function executionIdOf(payload: unknown): string {
  if (typeof payload === "object" && payload !== null && "executionId" in payload)
    return String(payload.executionId);
  throw new Error("A queue entry names no execution.");
}
