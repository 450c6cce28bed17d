import { setTimeout as sleep } from "node:timers/promises";
import { type Other, startDbos, startNodeRed, VERSIONS } from "../compare/others.ts";
import { sendAll } from "../deliveries.ts";
import { EVENT_TYPE, threeCalls } from "../documents.ts";
import { middleAndTail } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

const DONE_WITHIN_MS = 300_000;

/**
 * The same flow in Flowdeck, a DBOS program and Node-RED on the same machine, by turns: what the machine does besides
 * strikes all of them. Counted is where all calls end up, at the stub.
 */
export async function compare(stage: Stage, quick: boolean): Promise<void> {
  console.log(`DBOS ${VERSIONS["@dbos-inc/dbos-sdk"]}, Node-RED ${VERSIONS["node-red"]}.\n`);
  const flow = await stage.api.createFlow(threeCalls());
  const others: Other[] = [];
  try {
    others.push(await startDbos(stage.databaseUrl, stage.stubUrl), await startNodeRed(stage.stubUrl));
    const all = [{ name: "Flowdeck", hook: stage.hook }, ...others];
    const print = startTable([
      "Round",
      "Product",
      "Executions/s",
      "Ack p50 / p99",
      "Flowdeck is so many times as fast",
    ]);
    for (const { hook } of all) await run(stage, hook, 300);
    for (let round = 1; round <= 3; round++) {
      let ours = 0;
      for (const { name, hook } of all) {
        const { perSecond, acks } = await run(stage, hook, quick ? 500 : 2000);
        if (name === "Flowdeck") ours = perSecond;
        print([round, name, short(perSecond), middleAndTail(acks), (ours / perSecond).toFixed(2)]);
      }
    }
  } finally {
    for (const other of others) await other.close();
    await stage.api.deleteFlow(flow);
  }
}

async function run(stage: Stage, hook: Stage["hook"], events: number) {
  const before = (await stage.suspended()).count;
  const began = Date.now();
  const { acks } = await sendAll(hook, EVENT_TYPE, { events, concurrency: 16 });
  for (;;) {
    const { count, lastAt } = await stage.suspended();
    if (count - before >= events) return { acks, perSecond: (events * 1000) / (lastAt - began) };
    if (Date.now() - began > DONE_WITHIN_MS)
      throw new Error(`${count - before} of ${events} came to their end.`);
    await sleep(50);
  }
}
