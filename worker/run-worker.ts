import { registry } from "#lib/registry.ts";
import { createEngineConnections } from "#lib/server/connections/engine-connections.ts";
import { startLogReaders } from "#lib/server/connections/log-reader.ts";
import { closeDatabase, openDatabase } from "#lib/server/db/client.ts";
import { env } from "#lib/server/env/env.ts";
import { createExecutor } from "#lib/server/executor/run-execution.ts";
import { log } from "#lib/server/log.ts";
import { startWorker } from "#lib/server/queue/start-worker.ts";

/** Cards at work when the process is asked to stop get this long. The launcher kills after 30 s. */
const FINISH_WITHIN_MS = 25_000;

/**
 * Starts everything a worker process does: executions, and reading the System Log of orgs that can't call us.
 *
 * @throws EnvironmentProblem, or PostgreSQL's error when the database can't be reached
 */
export async function runWorker(): Promise<{ stop: () => Promise<void> }> {
  const { databaseUrl, workerConcurrency } = env();
  // Most of an execution's time is spent waiting for Okta; then it needs no connection. Two more look after the queue.
  const connections = Math.ceil(workerConcurrency / 2) + 2;
  const database = openDatabase({ url: databaseUrl, connections, name: "flowdeck-worker" });
  const executor = createExecutor({ database, registry, connections: createEngineConnections() });
  const worker = await startWorker({
    database,
    concurrency: workerConcurrency,
    runExecution: executor.run,
    onCancel: executor.cancel,
    // Whoever supervises this process starts it again. Cards under way must not go on: others have their executions.
    onLost: () => process.exit(1),
  });
  const readers = startLogReaders();
  return {
    stop: async () => {
      log.info("This worker finishes the cards it is at.");
      executor.drain();
      await Promise.all([worker.stop(FINISH_WITHIN_MS), readers.stop()]);
      await closeDatabase();
    },
  };
}
