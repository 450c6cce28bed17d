import { expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { Exchange, ExecutionRun } from "./execution.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { MemoryStepStore } from "./memory-store.ts";
import { runFlow } from "./run-flow.ts";
import { card, flow, literal, ref, World } from "./test-support.ts";

const plan = flow(
  {
    e: card("event"),
    r: card("read", { key: literal("r") }),
    w: card("ask", { key: ref("r", "value") }),
    j: card("join", { parts: { list: [ref("w", "value")] } }),
  },
  "e > r > w > j",
);

/** A world whose writes are held back, as a plan's connections do it. */
function planned(writeError?: Error) {
  const store = new MemoryStepStore();
  const sent: string[] = [];
  const clock = { now: () => new Date("2026-11-22T02:00:00.000Z") };
  const client = async (_connector: string, _alias: string, observe: (exchange: Exchange) => void) => ({
    read: async (key: string) => {
      sent.push(`read ${key}`);
      return { value: `value of ${key}` };
    },
    write: async (key: string) => {
      if (writeError) throw writeError;
      const at = clock.now().toISOString();
      observe({ method: "POST", path: `/${key}`, durationMs: 0, at, held: { changes: [] } });
      throw new TypeError("The made-up answer has no such thing.");
    },
  });
  const run = (mode: ExecutionRun["mode"], holdsWrites?: true) => {
    store.claim("e1", 1);
    const ports = { store, connections: { client, holdsWrites }, clock, cancelRequested: () => false };
    const execution = { id: "e1", fence: 1, mode, trigger: {} };
    return runFlow({ execution, plan, ports, limits: DEFAULT_LIMITS });
  };
  return { store, sent, run };
}

it("goes on behind a write that was held back with the card's sample, whatever the card made of the answer", async () => {
  const { store, sent, run } = planned();
  expect(await run("plan", true)).toEqual({ status: "succeeded" });
  expect(sent).toEqual(["read r"]);
  const steps = await store.steps("e1");
  expect(steps.map(({ path, attempt, status }) => [path, attempt, status])).toEqual([
    ["e", 1, "succeeded"],
    ["r", 1, "succeeded"],
    ["w", 1, "succeeded"],
    ["j", 1, "succeeded"],
  ]);
  expect(steps[2]).toMatchObject({ exit: "next", outputs: {}, exchanges: [{ path: "/value of r" }] });
});

it("fails where the flow would, and asks nobody about a write that was never sent", async () => {
  const { store, run } = planned(new CardError("No answer.", { kind: "refused", code: "x", sent: true }));
  expect(await run("plan", true)).toMatchObject({ status: "failed", path: "w" });
  expect((await store.steps("e1")).at(-1)).toMatchObject({ path: "w", status: "failed" });
});

it("does not run a plan with connections that write, nor take a real run for one", async () => {
  const { store, run } = planned();
  await expect(run("plan")).rejects.toThrow("connections that write");
  expect(await store.steps("e1")).toEqual([]);
  expect(new World().connections).not.toHaveProperty("holdsWrites");
});
