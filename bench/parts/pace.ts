import { threeCalls } from "../documents.ts";
import { measure, middleAndTail } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { startTable } from "../table.ts";

/** How soon deliveries are acknowledged and executions over when events come at a pace that is no strain. */
export async function pace(stage: Stage, quick: boolean): Promise<void> {
  const print = startTable(["Events/s", "Ack p50 / p99", "Arrival to end p50 / p99"]);
  await measure(stage, [threeCalls()], { events: 300, concurrency: 16 });
  for (const rate of [5, 83, 200]) {
    const events = rate * (quick ? 5 : 20);
    const { acks, latencies } = await measure(stage, [threeCalls()], { events, rate, concurrency: 32 });
    print([rate, middleAndTail(acks), middleAndTail(latencies)]);
  }
}
