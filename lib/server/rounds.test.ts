import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { log } from "./log.ts";
import { startRounds } from "./rounds.ts";

test("goes on after a failed round, says so, and ends after the round under way", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  const seen: AbortSignal[] = [];
  const under = Promise.withResolvers<void>();
  const rounds = startRounds({
    everyMs: 1,
    failed: "It failed.",
    round: async (signal) => {
      seen.push(signal);
      if (seen.length === 1) throw new Error("No.");
      if (seen.length === 5) await under.promise;
    },
  });
  await vi.waitFor(() => expect(seen).toHaveLength(5), 20_000);
  expect(warn).toHaveBeenCalledExactlyOnceWith({ err: expect.any(Error) }, "It failed.");
  const [signal] = seen;
  expect(signal && getEventListeners(signal, "abort")).toEqual([]);
  let ended = false;
  const stopped = rounds.stop().then(() => {
    ended = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  under.resolve();
  await stopped;
  expect(seen).toHaveLength(5);
});

test("comes when the round before said, and a wait ends with stopping", async () => {
  let count = 0;
  const rounds = startRounds({
    everyMs: 3_600_000,
    failed: "It failed.",
    round: async () => {
      count += 1;
      return count < 3 ? 1 : undefined;
    },
  });
  await vi.waitFor(() => expect(count).toBe(3), 20_000);
  await rounds.stop();
  expect(count).toBe(3);
});
