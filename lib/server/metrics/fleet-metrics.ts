import type { Pool } from "pg";
import { Gauge, Registry } from "prom-client";

/** Several scrapers, or one too eager, must not become load. */
const FRESH_MS = 2_000;

interface Fleet {
  queue: { ready: number; scheduled: number; running: number; oldest: number };
  executions: { status: string; count: number }[];
  workers: number;
  connections: { status: string; hook: string; count: number }[];
  alarms: number;
  flows_on: number;
  log_age: number | null;
}

/** In statuses an execution is in before its end; always told, so that a 0 is a 0 and not an absent series. */
const UNDER_WAY = ["queued", "running", "waiting", "attention"];

let kept: { text: string; until: number } | undefined;

/**
 * What is true of all processes together, from the database, as Prometheus text. Every web process answers the same, so
 * take the maximum over them, never the sum. A database that can't be asked is told as such: `flowdeck_database_up 0`.
 */
export async function fleetMetrics(pool: Pool): Promise<string> {
  if (kept && kept.until > Date.now()) return kept.text;
  const text = await pool.query<{ fleet: Fleet }>({ name: "fleet-metrics", text: FLEET }).then(
    ({ rows }) => textOf(rows[0]?.fleet),
    () => textOf(undefined),
  );
  kept = { text, until: Date.now() + FRESH_MS };
  return text;
}

/** For tests: the next call asks the database. */
export function forgetFleetMetrics(): void {
  kept = undefined;
}

function textOf(fleet: Fleet | undefined): Promise<string> {
  const register = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `flowdeck_${name}`, help, labelNames, registers: [register] });
  gauge("database_up", "Whether the database answers").set(fleet ? 1 : 0);
  if (!fleet) return register.metrics();
  const { queue } = fleet;
  const jobs = gauge("queue_jobs", "Queue entries: ready to run, scheduled for later, running", ["state"]);
  jobs.set({ state: "ready" }, queue.ready);
  jobs.set({ state: "scheduled" }, queue.scheduled);
  jobs.set({ state: "running" }, queue.running);
  gauge("queue_oldest_ready_seconds", "How long the oldest entry that could run has waited").set(
    queue.oldest,
  );
  const executions = gauge("executions", "Executions that have not ended", ["status"]);
  for (const status of UNDER_WAY) executions.set({ status }, 0);
  for (const { status, count } of fleet.executions) executions.set({ status }, count);
  gauge("workers", "Workers that renewed their heartbeat in the last 20 s").set(fleet.workers);
  const connections = gauge("connections", "Connections by status and by that of their hooks", [
    "status",
    "hook",
  ]);
  for (const { status, hook, count } of fleet.connections) connections.set({ status, hook }, count);
  gauge("alarms_open", "Alarms nobody has closed").set(fleet.alarms);
  gauge("flows_on", "Flows that are on").set(fleet.flows_on);
  if (fleet.log_age !== null) {
    gauge("log_read_age_seconds", "Since the System Log of the connection longest unread was read").set(
      fleet.log_age,
    );
  }
  return register.metrics();
}

const FLEET = `
select json_build_object(
  'queue', (select json_build_object(
      'ready', count(*) filter (where locked_at is null and run_at <= now()),
      'scheduled', count(*) filter (where locked_at is null and run_at > now()),
      'running', count(*) filter (where locked_at is not null),
      'oldest', coalesce(extract(epoch from now() - min(greatest(created_at, run_at)) filter (where locked_at is null and run_at <= now())), 0))
    from graphile_worker._private_jobs where attempts < max_attempts),
  'executions', (select coalesce(json_agg(e), '[]') from (
    select status, count(*) from executions where status in ('queued', 'running', 'waiting', 'attention') group by 1) e),
  'workers', (select count(*) from workers where heartbeat_at > now() - interval '20 seconds'),
  'connections', (select coalesce(json_agg(c), '[]') from (
    select status, hook_status as hook, count(*) from connections group by 1, 2) c),
  'alarms', (select count(*) from alarms where closed_at is null),
  'flows_on', (select count(*) from flows where "on" and deleted_at is null),
  'log_age', (select extract(epoch from now() - min(log_read_at)) from connections where status = 'connected')
) as fleet`;
