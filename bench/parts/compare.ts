import { setTimeout as sleep } from "node:timers/promises";
import { removeInstalled, VERSIONS } from "../compare/installed.ts";
import { startN8n } from "../compare/n8n.ts";
import { type Other, startDbos, startNodeRed } from "../compare/others.ts";
import { cpuSecondsOf, parentOf } from "../cpu.ts";
import { sendAll } from "../deliveries.ts";
import { EVENT_TYPE, threeCalls } from "../documents.ts";
import { middleAndTail } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

const DONE_WITHIN_MS = 300_000;
const WARM_UP = 300;
/** What is written after the last call counts too. */
const AFTERWARDS_MS = 500;

/**
 * The same flow in Flowdeck, a DBOS program, Node-RED and n8n on the same machine, by turns: what the machine does besides
 * strikes all of them. Counted is where all calls end up, at the stub. Who can't be installed or started is left out.
 */
export async function compare(stage: Stage, quick: boolean): Promise<void> {
  const { databaseUrl, stubUrl } = stage;
  const flow = await stage.api.createFlow(threeCalls());
  const ours = { name: "Flowdeck", hook: stage.hook, share: 1 };
  const others: Other[] = [];
  try {
    await run(stage, ours, WARM_UP);
    await join(stage, others, `DBOS ${VERSIONS["@dbos-inc/dbos-sdk"]}`, () =>
      startDbos(databaseUrl, stubUrl),
    );
    await join(stage, others, `Node-RED ${VERSIONS["node-red"]}`, () => startNodeRed(stubUrl));
    for (const engine of ["vm", "legacy"] as const)
      await join(stage, others, `n8n ${VERSIONS.n8n}, ${engine} engine`, () => startN8n(engine, stage));
    console.log("");
    const print = startTable([
      "Round",
      "Product",
      "Executions/s",
      "Ack p50 / p99",
      "CPU per execution",
      "Flowdeck is so many times as fast",
      "and takes of its CPU",
    ]);
    for (let round = 1; round <= 3; round++) {
      let flowdeck: Came | undefined;
      for (const product of [ours, ...others]) {
        const came = await run(stage, product, quick ? 500 : 2000);
        flowdeck ??= came;
        const { perSecond, acks, cpuMs } = came;
        const faster = (flowdeck.perSecond / perSecond).toFixed(2);
        const share = `${((100 * flowdeck.cpuMs) / cpuMs).toFixed(0)} %`;
        const cpu = `${short(cpuMs)} ms`;
        print([round, product.name, short(perSecond), middleAndTail(acks), cpu, faster, share]);
      }
    }
  } finally {
    for (const other of others) await other.close();
    await removeInstalled();
    await stage.api.deleteFlow(flow);
  }
}

/** Starts one of the others and warms it up, or says why it is not in the comparison. */
async function join(stage: Stage, others: Other[], name: string, start: () => Promise<Other>): Promise<void> {
  let other: Other | undefined;
  try {
    other = await start();
    await run(stage, other, WARM_UP);
    others.push(other);
    console.log(`- ${name}`);
  } catch (error) {
    await other?.close();
    const words = error instanceof Error ? error.message : String(error);
    console.log(`- ${name} is left out: ${words.split("\n").slice(0, 4).join(" ")}`);
  }
}

interface Came {
  acks: number[];
  perSecond: number;
  /** Of all that take part, database, stub and sender included, per execution. */
  cpuMs: number;
}

async function run(
  stage: Stage,
  { hook, share }: Pick<Other, "hook" | "share">,
  most: number,
): Promise<Came> {
  const events = Math.round(most * share);
  const processes = [process.pid, await databaseServer(stage)];
  const taken = cpuSecondsOf(processes);
  const before = (await stage.suspended()).count;
  const began = Date.now();
  const { acks } = await sendAll(hook, EVENT_TYPE, { events, concurrency: 16 });
  for (;;) {
    const { count, lastAt } = await stage.suspended();
    if (count - before >= events) {
      await sleep(AFTERWARDS_MS);
      const cpuMs = (1000 * (cpuSecondsOf(processes) - taken)) / events;
      return { acks, perSecond: (events * 1000) / (lastAt - began), cpuMs };
    }
    if (Date.now() - began > DONE_WITHIN_MS)
      throw new Error(`${count - before} of ${events} came to their end.`);
    await sleep(50);
  }
}

async function databaseServer({ pool }: Stage): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  return parentOf(rows[0]?.pid ?? Number.NaN);
}
