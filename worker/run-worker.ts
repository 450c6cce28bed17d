import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { registry } from "#lib/registry.ts";
import { createCallGates } from "#lib/server/budget/call-gates.ts";
import { startBulkKeeper } from "#lib/server/bulk/bulk-keeper.ts";
import { startConnectionKeeper } from "#lib/server/connections/connection-keeper.ts";
import { createEngineConnections } from "#lib/server/connections/engine-connections.ts";
import { startTokenKeeper } from "#lib/server/connections/token-keeper.ts";
import { closeDatabase, openDatabase } from "#lib/server/db/client.ts";
import { env } from "#lib/server/env/env.ts";
import { createExecutor } from "#lib/server/executor/run-execution.ts";
import { log } from "#lib/server/log.ts";
import { measurePool } from "#lib/server/metrics/metrics.ts";
import { startMetricsServer } from "#lib/server/metrics/metrics-server.ts";
import { startWorker } from "#lib/server/queue/start-worker.ts";
import { startWatchdog } from "#lib/server/queue/watchdog.ts";
import { startRetentionKeeper } from "#lib/server/retention/retention-keeper.ts";
import { startTracing, stopTracing } from "#lib/server/tracing/tracing.ts";

/** Cards at work when the process is asked to stop get this long. The launcher kills after 30 s. */
const FINISH_WITHIN_MS = 25_000;

/**
 * Starts everything a worker process does: executions, starting the rows of runs by hand, and keeping
 * connections working: hooks, the readers of System Logs, access tokens.
 *
 * @throws EnvironmentProblem, or PostgreSQL's error when the database can't be reached
 */
export async function runWorker(): Promise<{ stop: () => Promise<void> }> {
  const { databaseUrl, workerConcurrency, callUnderWaySeconds, workerMetricsPort, metricsToken } = env();
  await startTracing("worker");
  // Two to look after the queue. Executions share their statements (db/together.ts), so more than these wait for none:
  // with 32 at once 16 connections gave as many executions a second as 32.
  const connections = Math.min(workerConcurrency, 16) + 2;
  const database = openDatabase({ url: databaseUrl, connections, name: "flowdeck-worker" });
  measurePool(database);
  const measured =
    workerMetricsPort === undefined
      ? undefined
      : await startMetricsServer({ port: workerMetricsPort, token: metricsToken });
  const gates = createCallGates(database);
  const executor = createExecutor({
    database,
    registry,
    connections: createEngineConnections(gates.of),
    concurrency: workerConcurrency,
    underWayMs: callUnderWaySeconds * 1000,
    aloneEntry: path.join(import.meta.dirname, "alone.ts"),
  });
  const worker = await startWorker({
    database,
    concurrency: workerConcurrency,
    runExecution: executor.run,
    onCancel: executor.cancel,
    // Whoever supervises this process starts it again. Cards under way must not go on: others have their executions.
    onLost: () => process.exit(1),
  });
  const keeper = startConnectionKeeper();
  const tokens = startTokenKeeper();
  const bulk = startBulkKeeper();
  const retention = startRetentionKeeper();
  const watchdog = startWatchdog();
  return {
    stop: async () => {
      log.info("This worker finishes the cards it is at.");
      executor.drain();
      // A call to an org that does not answer must not hold the process up.
      const kept = Promise.race([
        Promise.all([keeper.stop(), tokens.stop(), bulk.stop(), retention.stop()]),
        sleep(FINISH_WITHIN_MS, undefined, { ref: false }),
      ]);
      await Promise.all([worker.stop(FINISH_WITHIN_MS), kept]);
      await gates.close();
      await watchdog.stop();
      await measured?.close();
      await stopTracing();
      await closeDatabase();
    },
  };
}
