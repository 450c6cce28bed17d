import { registry } from "#lib/registry.ts";
import { createCallGates } from "#lib/server/budget/call-gates.ts";
import { createEngineConnections } from "#lib/server/connections/engine-connections.ts";
import { closeDatabase, openDatabase } from "#lib/server/db/client.ts";
import { env } from "#lib/server/env/env.ts";
import { runAlone } from "#lib/server/executor/run-alone.ts";
import { createExecutor } from "#lib/server/executor/run-execution.ts";
import { startWatchdog } from "#lib/server/queue/watchdog.ts";
import { startTracing, stopTracing } from "#lib/server/tracing/tracing.ts";

/** One for the execution, one for what is asked beside it. */
const CONNECTIONS = 2;

/**
 * Runs one execution and nothing else, for a worker that started this process to see whether the execution takes it down.
 *
 * @throws EnvironmentProblem, or PostgreSQL's error when the database can't be reached
 */
export async function runOne(executionId: string): Promise<void> {
  const { databaseUrl, callUnderWaySeconds } = env();
  await startTracing("worker");
  const database = openDatabase({ url: databaseUrl, connections: CONNECTIONS, name: "flowdeck-alone" });
  const gates = createCallGates(database);
  const executor = createExecutor({
    database,
    registry,
    connections: createEngineConnections(gates.of),
    concurrency: 1,
    underWayMs: callUnderWaySeconds * 1000,
  });
  const watchdog = startWatchdog();
  await runAlone(executor, executionId);
  await gates.close();
  await watchdog.stop();
  await stopTracing();
  await closeDatabase();
}
