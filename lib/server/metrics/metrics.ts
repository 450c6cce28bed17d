import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/client.ts";

/**
 * What this process counts, for Prometheus. Labels hold words of ours only: never an id, a name or a value, which would
 * make persons readable to whoever reads metrics, and series without number.
 */
function createMetrics() {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  return {
    register,
    deliveries: new Counter({
      name: "flowdeck_deliveries_total",
      help: "Deliveries that were taken in, by where they came from",
      labelNames: ["source"] as const,
      registers,
    }),
    events: new Counter({
      name: "flowdeck_events_total",
      help: "Events: accepted (the first time), duplicate, recovered (the hook missed it), late (after a later one about the same thing). Recovered and late ones are accepted ones too",
      labelNames: ["outcome", "source"] as const,
      registers,
    }),
    executionsStarted: new Counter({
      name: "flowdeck_executions_started_total",
      help: "Executions that events started",
      registers,
    }),
    hookCalls: new Counter({
      name: "flowdeck_hook_calls_total",
      help: "Calls of hook addresses by answer: 2xx durable, 4xx refused, 503 could not be stored in time",
      labelNames: ["status"] as const,
      registers,
    }),
    hookSeconds: new Histogram({
      name: "flowdeck_hook_call_duration_seconds",
      help: "From a call of a hook address to its answer. Okta gives up after 3 s",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
      registers,
    }),
    executionsEnded: new Counter({
      name: "flowdeck_executions_ended_total",
      help: "Executions that ended or need a person, by ending and mode",
      labelNames: ["status", "mode"] as const,
      registers,
    }),
    executionWaits: new Counter({
      name: "flowdeck_execution_waits_total",
      help: "Times an execution left its worker to come back: rate-limit (Okta's 429), retry (an attempt failed), turn (others' turn)",
      labelNames: ["why"] as const,
      registers,
    }),
    stepSeconds: new Histogram({
      name: "flowdeck_step_duration_seconds",
      help: "Attempts at cards by kind of card and outcome",
      labelNames: ["kind", "status"] as const,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 45],
      registers,
    }),
    stepRetries: new Counter({
      name: "flowdeck_step_retries_total",
      help: "Attempts at a card after its first",
      registers,
    }),
    oktaCalls: new Counter({
      name: "flowdeck_okta_calls_total",
      help: "Calls to connected orgs by part of the API and answer (2xx, 4xx, 429, 5xx, none)",
      labelNames: ["bucket", "status"] as const,
      registers,
    }),
    oktaSeconds: new Histogram({
      name: "flowdeck_okta_call_duration_seconds",
      help: "Calls to connected orgs",
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 45],
      registers,
    }),
    workersDied: new Counter({
      name: "flowdeck_workers_died_total",
      help: "Workers this process found dead",
      registers,
    }),
    takeovers: new Counter({
      name: "flowdeck_takeovers_total",
      help: "Executions freed from dead workers for others to take over",
      registers,
    }),
    retentionDeleted: new Counter({
      name: "flowdeck_retention_deleted_total",
      help: "Rows deleted after the days they are kept",
      labelNames: ["what"] as const,
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Next.js bundles each route with modules of its own; all of them must count in one place. */
const shared = globalThis as typeof globalThis & { flowdeckMetrics?: Metrics };

/** The metrics of this process. */
export function metrics(): Metrics {
  shared.flowdeckMetrics ??= createMetrics();
  return shared.flowdeckMetrics;
}

/** Adds the state of a connection pool, read when metrics are. Once per process. */
export function measurePool({ pool }: Pick<Database, "pool">): void {
  const { register } = metrics();
  const name = "flowdeck_database_pool_connections";
  if (register.getSingleMetric(name)) return;
  const gauge = new Gauge({
    name,
    help: "Connections of this process to the database: open, idle, max; waiting are statements without one",
    labelNames: ["state"] as const,
    registers: [register],
    collect: () => {
      gauge.set({ state: "open" }, pool.totalCount);
      gauge.set({ state: "idle" }, pool.idleCount);
      gauge.set({ state: "waiting" }, pool.waitingCount);
      gauge.set({ state: "max" }, pool.options.max);
    },
  });
}
