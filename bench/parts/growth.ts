import { chain, filtered } from "../documents.ts";
import { type Measured, measure } from "../measure.ts";
import type { Stage } from "../stage.ts";
import { short, startTable } from "../table.ts";

/**
 * What more of something costs: flows that listen to one event, cards in a flow, characters in an event. The last column
 * is the cost per unit beside that of the row before: about 1 or less is linear or better.
 */
export async function growth(stage: Stage, quick: boolean): Promise<void> {
  const print = startTable([
    "What grows",
    "How much",
    "Events/s",
    "ms per event",
    "Cost per unit, to the row before",
  ]);
  const much = quick ? 1 : 4;

  async function grow(
    what: string,
    sizes: number[],
    run: (size: number) => Promise<{ events: number; measured: Measured }>,
  ): Promise<void> {
    let before: number | undefined;
    for (const size of sizes) {
      const { events, measured } = await run(size);
      const perSecond = (measured.perSecond * events) / measured.executions;
      const cost = 1000 / perSecond;
      print([
        what,
        size,
        short(perSecond),
        short(cost),
        before === undefined ? "" : (cost / size / before).toFixed(2),
      ]);
      before = cost / size;
    }
  }

  await measure(stage, [filtered()], { events: 500, concurrency: 16 });
  await grow("flows listening", [1, 100, 1000], async (size) => {
    const documents = Array.from({ length: size }, (_, index) => filtered(`Listener ${index}`));
    // A flow's first execution makes its plan. With five events that was a fifth of what a thousand flows were measured by.
    const events = Math.max(quick ? 5 : 20, Math.round((1000 * much) / size));
    return { events, measured: await measure(stage, documents, { events, concurrency: 16 }) };
  });
  await grow("cards per flow", [5, 50, 500], async (size) => {
    const events = Math.max(20, Math.round((2500 * much) / size));
    return { events, measured: await measure(stage, [chain(size)], { events, concurrency: 16 }) };
  });
  await grow("KB per event", [2, 20, 200], async (size) => {
    const events = Math.max(50, Math.round((1000 * much) / size));
    const load = { events, concurrency: 16, padding: (size - 2) * 1024 };
    return { events, measured: await measure(stage, [filtered()], load) };
  });
}
