// `node bench/running.ts --help`
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type BenchApi, benchApi, type ExecutionRow } from "./api.ts";
import { benchFlow } from "./bench-flow.ts";
import { type BenchOptions, HELP, readOptions } from "./options.ts";
import { type Sent, sendAll } from "./running-deliveries.ts";
import { withThisInstance } from "./this-instance.ts";

try {
  const options = readOptions(process.argv.slice(2));
  if (!options) console.log(HELP);
  else if (options.endpoint && options.secret)
    await bench({ ...options, endpoint: options.endpoint, secret: options.secret });
  else await withThisInstance((target) => bench({ ...options, ...target }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bench(options: BenchOptions): Promise<void> {
  const { token, connection, group, flow } = options;
  const api = token ? benchApi(options.url, token) : undefined;
  const made = api && connection ? await api.createFlow(benchFlow(connection, group)) : undefined;
  const flowId = flow ?? made;
  try {
    const since = new Date().toISOString();
    const started = performance.now();
    const sent = await sendAll(options, randomBytes(4).toString("hex"));
    reportAnswers(sent, performance.now() - started);
    if (api && flowId) await reportExecutions(api, flowId, since, sent, options.waitMs);
  } finally {
    if (api && made) await api.deleteFlow(made);
  }
  for (const pid of options.pids) console.log(`memory of process ${pid}: ${residentMegabytes(pid)} MB`);
}

function reportAnswers(sent: Sent[], tookMs: number): void {
  const refused = sent.filter(({ status }) => status !== 204);
  console.log(
    `${sent.length} deliveries in ${(tookMs / 1000).toFixed(1)} s (${perSecond(sent.length, tookMs)})`,
  );
  console.log(`ack         ${percentiles(sent.map(({ ackMs }) => ackMs))}`);
  if (refused.length === 0) return;
  throw new Error(
    `${refused.length} were not answered 204 but ${[...new Set(refused.map(({ status }) => status))]}.`,
  );
}

async function reportExecutions(
  api: BenchApi,
  flowId: string,
  since: string,
  sent: Sent[],
  waitMs: number,
): Promise<void> {
  const rows = await ended(api, flowId, since, sent.length, waitMs);
  const sentAt = new Map(sent.map(({ name, at }) => [name, at]));
  const ends: number[] = [];
  const latencies = rows.flatMap(({ subject, finishedAt }) => {
    const at = sentAt.get(subject.split(",")[0] ?? "");
    if (at === undefined || finishedAt === null) return [];
    const end = Date.parse(finishedAt);
    ends.push(end);
    return [end - at];
  });
  const tookMs = Math.max(...ends) - Math.min(...sentAt.values());
  const statuses = Map.groupBy(rows, ({ status }) => status);
  const counts = [...statuses].map(([status, of]) => `${of.length} ${status}`);
  console.log(`end to end  ${percentiles(latencies)}`);
  console.log(`executions  ${perSecond(latencies.length, tookMs)}; ${counts.join(", ")}`);
  if (rows.length !== sent.length)
    throw new Error(`${sent.length} were sent, ${rows.length} executions are there.`);
}

/** The executions once all have ended, or as they are when time is up. */
async function ended(
  api: BenchApi,
  flowId: string,
  since: string,
  count: number,
  waitMs: number,
): Promise<ExecutionRow[]> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const rows = await api.executions(flowId, since);
    const done = rows.filter(({ finishedAt }) => finishedAt !== null);
    if (done.length >= count || performance.now() > deadline) return rows;
    // Reading pages takes the same database; once a second disturbs it little.
    await sleep(1000);
  }
}

function percentiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
}

function perSecond(count: number, ms: number): string {
  return `${((count * 1000) / ms).toFixed(0)} per second`;
}

function residentMegabytes(pid: number): string {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return (Number(kilobytes) / 1024).toFixed(0);
  } catch {
    return "unknown";
  }
}
