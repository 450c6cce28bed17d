import { sendAll } from "../deliveries.ts";
import { EVENT_TYPE, threeCalls } from "../documents.ts";
import { ended, now } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

/** A backlog that piled up while no worker ran, and how fast one and three of them work it off. */
export async function backlog(stage: Stage, quick: boolean): Promise<void> {
  const events = quick ? 2000 : 50_000;
  const print = startTable(["Backlog", "Workers", "Taken in/s", "Worked off/s", "Workers MB"]);
  for (const workers of [1, 3]) {
    await stage.setWorkers(0);
    const flow = await stage.api.createFlow(threeCalls());
    try {
      const { tookMs } = await sendAll(stage.hook, EVENT_TYPE, { events, concurrency: 32 });
      await stage.setWorkers(workers);
      const since = await now(stage);
      const { perSecond } = await ended(stage, [flow], since, events);
      const memory = stage.memory().workers.join(", ");
      print([events, workers, short((events * 1000) / tookMs), short(perSecond), memory]);
    } finally {
      await stage.setWorkers(1);
      await stage.api.deleteFlow(flow);
    }
  }
}
