import { setTimeout as sleep } from "node:timers/promises";
import { removeInstalled, VERSIONS } from "../compare/installed.ts";
import { startN8n } from "../compare/n8n.ts";
import { type Other, startDbos, startNodeRed } from "../compare/others.ts";
import { cpuSecondsOf, parentOf } from "../cpu.ts";
import { sendAll } from "../deliveries.ts";
import { EVENT_TYPE, threeCalls } from "../documents.ts";
import { middleAndTail, percentile } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

const DONE_WITHIN_MS = 300_000;
const WARM_UP = 300;
/** What is written after the last call counts too. */
const AFTERWARDS_MS = 500;
const ROUNDS = 5;
/** Quiet is less than this much of a core, over this long; who is not by then has to be taken as it is. */
const QUIET = { share: 0.15, overMs: 1000, withinMs: 20_000 };

/**
 * The same flow in Flowdeck, a DBOS program, Node-RED and n8n on the same machine, by turns: what the machine does besides
 * strikes all of them. Each begins a round once, and waits until what the one before left to do is done: n8n writes on after its
 * last call, and whoever came next paid for it. Counted is where all calls end up, at the stub. Who can't be installed or
 * started is left out.
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
    const products = [ours, ...others];
    const ratios = new Map<string, Ratio[]>(others.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      const came = new Map<string, Came>();
      const first = round % products.length;
      for (const product of [...products.slice(first), ...products.slice(0, first)]) {
        await quiet(stage);
        came.set(product.name, await run(stage, product, quick ? 500 : 2000));
      }
      const flowdeck = came.get(ours.name);
      if (flowdeck === undefined) throw new Error("Flowdeck has no result.");
      for (const { name } of products) {
        const { perSecond, acks, cpuMs } = came.get(name) ?? flowdeck;
        const ratio = { faster: flowdeck.perSecond / perSecond, cpu: flowdeck.cpuMs / cpuMs };
        ratios.get(name)?.push(ratio);
        print([
          round + 1,
          name,
          short(perSecond),
          middleAndTail(acks),
          `${short(cpuMs)} ms`,
          ...inWords(ratio),
        ]);
      }
    }
    for (const [name, all] of ratios) {
      const faster = percentile(
        all.map((ratio) => ratio.faster),
        0.5,
      );
      const cpu = percentile(
        all.map((ratio) => ratio.cpu),
        0.5,
      );
      print(["median", name, "", "", "", ...inWords({ faster, cpu })]);
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

/** Flowdeck's pace and its CPU per execution, each divided by the other's. */
interface Ratio {
  faster: number;
  cpu: number;
}

function inWords({ faster, cpu }: Ratio): [string, string] {
  return [faster.toFixed(2), `${(100 * cpu).toFixed(0)} %`];
}

/** Waits until everything that takes part, the database too, has next to nothing to do. */
async function quiet(stage: Stage): Promise<void> {
  const processes = [process.pid, await databaseServer(stage)];
  const until = Date.now() + QUIET.withinMs;
  for (let busy = true; busy && Date.now() < until; ) {
    const taken = cpuSecondsOf(processes);
    await sleep(QUIET.overMs);
    busy = (1000 * (cpuSecondsOf(processes) - taken)) / QUIET.overMs > QUIET.share;
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
