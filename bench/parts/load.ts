import { filtered, threeCalls } from "../documents.ts";
import { measure, middleAndTail } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

/** Executions per second, of both flows, with 1, 16 and 64 deliveries under way, with 1 and 3 workers. */
export async function load(stage: Stage, quick: boolean): Promise<void> {
  const print = startTable([
    "Flow",
    "Workers",
    "Deliveries at once",
    "Executions/s",
    "Ack p50 / p99",
    "Arrival to end p50 / p99",
    "Web MB",
    "Workers MB",
  ]);
  for (const workers of [1, 3]) {
    await stage.setWorkers(workers);
    // The first events of a process pay for connections, plans and compiled code.
    await measure(stage, [threeCalls()], { events: 300 * workers, concurrency: 16 });
    for (const [name, document] of [
      ["three calls", threeCalls()],
      ["filter", filtered()],
    ] as const) {
      for (const concurrency of [1, 16, 64]) {
        const events = (quick ? 500 : 3000) / (concurrency === 1 ? 5 : 1);
        const { perSecond, acks, latencies } = await measure(stage, [document], { events, concurrency });
        const { web, workers: each } = stage.memory();
        const row = [short(perSecond), middleAndTail(acks), middleAndTail(latencies), web, each.join(", ")];
        print([name, workers, concurrency, ...row]);
      }
    }
  }
  await stage.setWorkers(1);
}
