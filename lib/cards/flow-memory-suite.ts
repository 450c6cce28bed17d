import { describe, expect, test } from "vitest";
import type { FlowMemory } from "./flow-memory.ts";

/** Of today: what is counted is kept for a month. */
const START = Date.now() - 3_600_000;
const MINUTE = 60_000;
const at = (minutes: number) => new Date(START + minutes * MINUTE);

/** What every memory of a flow must keep to. `open` gives the memory of a flow that has none yet. */
export function flowMemorySuite(open: () => Promise<FlowMemory>): void {
  describe("counting without a window", () => {
    test("numbers events in the order they are counted, each key apart", async () => {
      const memory = await open();
      const numbers = [];
      for (const event of ["a", "b", "c"])
        numbers.push(await memory.count({ key: "k", event, published: at(0) }));
      expect(numbers).toEqual([1, 2, 3]);
      expect(await memory.count({ key: "other", event: "a", published: at(0) })).toBe(1);
    });

    test("counts an event once, and answers the same when asked again", async () => {
      const memory = await open();
      await memory.count({ key: "k", event: "a", published: at(0) });
      await memory.count({ key: "k", event: "b", published: at(1) });
      expect(await memory.count({ key: "k", event: "a", published: at(0) })).toBe(1);
      expect(await memory.count({ key: "k", event: "c", published: at(2) })).toBe(3);
    });

    test("gives every event a number of its own when many come at once", async () => {
      const memory = await open();
      const events = Array.from({ length: 12 }, (_, index) => `e${index}`);
      const twice = [...events, ...events];
      const numbers = await Promise.all(
        twice.map((event) => memory.count({ key: "k", event, published: at(0) })),
      );
      expect(numbers.slice(0, 12).toSorted((a, b) => a - b)).toEqual(events.map((_, index) => index + 1));
      expect(numbers.slice(12)).toEqual(numbers.slice(0, 12));
    });
  });

  describe("counting within a window", () => {
    const counting = async (...minutes: number[]) => {
      const memory = await open();
      const numbers = [];
      for (const minute of minutes) {
        const event = `at ${minute}`;
        numbers.push(await memory.count({ key: "k", event, published: at(minute), withinMs: 10 * MINUTE }));
      }
      return numbers;
    };

    test("forgets what is older than the window", async () => {
      expect(await counting(0, 5, 10, 11, 30)).toEqual([1, 2, 3, 3, 1]);
    });

    test("misses nothing where events arrive in another order than they happened", async () => {
      expect(await counting(10, 5, 0)).toEqual([1, 2, 3]);
    });

    test("does not take two windows for one", async () => {
      expect(await counting(0, 18, 9)).toEqual([1, 1, 2]);
    });

    test("counts windows of another length apart", async () => {
      const memory = await open();
      await memory.count({ key: "k", event: "a", published: at(0), withinMs: MINUTE });
      expect(await memory.count({ key: "k", event: "b", published: at(0), withinMs: 2 * MINUTE })).toBe(1);
      expect(await memory.count({ key: "k", event: "c", published: at(0) })).toBe(1);
    });

    test("answers the same when asked again, whatever came since", async () => {
      const memory = await open();
      const first = { key: "k", event: "a", published: at(0), withinMs: MINUTE };
      await memory.count(first);
      await memory.count({ ...first, event: "b" });
      expect(await memory.count(first)).toBe(1);
    });
  });

  describe("marks", () => {
    test("are what was last set, each under its name", async () => {
      const memory = await open();
      expect(await memory.mark("m")).toBeUndefined();
      expect(await memory.setMark("m", undefined, { count: 3 })).toBe(true);
      expect(await memory.setMark("m", { count: 3 }, { count: 4, by: ["a"] })).toBe(true);
      expect(await memory.mark("m")).toEqual({ count: 4, by: ["a"] });
      expect(await memory.mark("n")).toBeUndefined();
    });

    test("are not set by who read an older one", async () => {
      const memory = await open();
      await memory.setMark("m", undefined, { count: 3 });
      expect(await memory.setMark("m", undefined, { count: 9 })).toBe(false);
      expect(await memory.setMark("m", { count: 2 }, { count: 9 })).toBe(false);
      expect(await memory.mark("m")).toEqual({ count: 3 });
    });

    test("are set by one of several who try at once", async () => {
      const memory = await open();
      const tries = await Promise.all([1, 2, 3, 4].map((by) => memory.setMark("m", undefined, { by })));
      expect(tries.filter(Boolean)).toHaveLength(1);
    });
  });
}
