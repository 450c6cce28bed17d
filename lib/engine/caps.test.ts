import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { Json, JsonObject } from "../flow/json.ts";
import { ExchangeLog } from "./exchange-log.ts";
import type { Exchange } from "./execution.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { sizeFailure } from "./output-size.ts";
import { runCard } from "./run-card.ts";
import { card, flow, literal, World } from "./test-support.ts";

const e = card("event");
const key = (name: string) => ({ key: literal(name) });

describe("outputs", () => {
  const deep = (levels: number): JsonObject => {
    let value: Json = "bottom";
    for (let level = 0; level < levels; level++) value = [value];
    return { value };
  };
  const planned = (id: string) => {
    const [, found] = flow({ e, w: card(id, key("w")) }, "e > w").order;
    if (!found) throw new Error("The flow has two cards.");
    return found;
  };
  const sizes = { limits: DEFAULT_LIMITS, held: 0, plan: { settings: {} } };

  it("are refused where they are nested too deeply, without overflowing the stack", () => {
    expect(sizeFailure(planned("read"), { outputs: deep(99) }, sizes)).toBeUndefined();
    expect(sizeFailure(planned("read"), { outputs: deep(100) }, sizes)).toMatchObject({
      sent: false,
      error: { code: "output-too-deep" },
    });
    expect(sizeFailure(planned("ask"), { outputs: deep(100_000) }, sizes)).toMatchObject({
      sent: true,
      error: { code: "output-too-deep", message: expect.stringContaining("took effect") },
    });
  });

  it("of one step are bounded by what the flow sets, those of its event too, and never beyond what any may have", async () => {
    const long = { e, j: card("join", { parts: literal(["x".repeat(1_500)]) }) };
    const set = (largestOutputs?: number) => ({ ...flow(long, "e > j"), settings: { largestOutputs } });
    expect(await new World().run(set())).toEqual({ status: "succeeded" });
    expect(await new World().run(set(2))).toEqual({ status: "succeeded" });
    const world = new World();
    expect(await world.run(set(1))).toMatchObject({
      status: "failed",
      path: "j",
      error: {
        code: "output-too-large",
        message: expect.stringMatching(
          /^The outputs of "\w+" are 1\.\d+ KB; a step of this flow keeps at most 1 KB\.$/,
        ),
        hint: expect.stringContaining('"Largest outputs of a step (KB)"'),
      },
    });
    expect((await world.steps()).at(-1)?.outputs).toBeUndefined();
    const event = { e: { title: "x".repeat(1_500) } };
    expect(await new World().run(set(1), event)).toMatchObject({ status: "failed" });

    const tight = new World();
    tight.limits.maxOutputBytes = 1_000;
    expect(await tight.run(set(2))).toMatchObject({
      error: {
        message: expect.stringMatching(/; a step keeps at most 1 KB\.$/),
        hint: expect.stringMatching(/fewer fields\.$/),
      },
    });
  });

  it("of all cards together are bounded, those of steps reused later too", async () => {
    const world = new World();
    world.limits.maxHeldOutputs = 200;
    const wide = (name: string) => ({ parts: literal([name.repeat(40)]) });
    const cards = { e, a: card("join", wide("a")), r: card("read", key("r")), b: card("join", wide("b")) };
    const plan = flow({ ...cards, c: card("join", wide("c")) }, "e > a > r > b > c");
    const stopped = { status: "failed", path: "c", error: { code: "outputs-too-large" } };
    expect(await world.run(flow(cards, "e > a > r > b"))).toEqual({ status: "succeeded" });
    expect(await world.run(plan)).toMatchObject(stopped);
    const fresh = new World();
    fresh.limits.maxHeldOutputs = 200;
    expect(await fresh.run(plan)).toMatchObject(stopped);
  });

  it("tell a card how much room there is for what it gives", async () => {
    const world = new World();
    world.limits.maxHeldOutputs = 1_000;
    world.limits.maxOutputBytes = 800;
    const list = card("list", { keys: { value: ["k"] } });
    const cards = { e, a: list, j: card("join", { parts: literal(["x".repeat(300)]) }), b: list };
    await world.run(flow(cards, "e > a > j > b"));
    const steps = await world.store.steps("e1");
    const held = (...paths: string[]) =>
      steps
        .filter(({ path }) => paths.includes(path))
        .reduce((sum, { outputs }) => sum + JSON.stringify(outputs).length, 0);
    const room = (path: string) => steps.find((step) => step.path === path)?.outputs?.room;
    expect(room("a")).toBe(800);
    expect(room("b")).toBe(1_000 - held("e", "a", "j"));
    const set = new World();
    await set.run({ ...flow({ e, a: list }, "e > a"), settings: { largestOutputs: 7 } });
    expect((await set.steps()).at(-1)?.outputs?.room).toBe(7_000);
  });
});

describe("time", () => {
  it("stops a card that reads for too long at its next call, and never a write", async () => {
    for (const [id, stops] of [
      ["read", true],
      ["safe", false],
    ] as const) {
      const world = new World();
      world.at = () => {
        world.time += DEFAULT_LIMITS.maxCardMs + 1;
      };
      const ending = await world.run(flow({ e, w: card(id, key("w")) }, "e > w"));
      if (stops) expect(ending).toMatchObject({ status: "failed", error: { code: "took-too-long" } });
      else expect(world.calls).toEqual(["write w"]);
    }
  });

  it("stops a card that waits for its next call for too long", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after read 1") world.time += DEFAULT_LIMITS.maxCardMs + 1;
    };
    const ending = await world.run(flow({ e, l: card("list", { keys: { value: ["1", "2"] } }) }, "e > l"));
    expect(ending).toMatchObject({ status: "failed", error: { code: "took-too-long" } });
    expect(world.calls).toEqual(["read 1"]);
  });

  it("leaves a card tried alone as long as it takes where nobody sets a limit", async () => {
    const world = new World();
    world.at = () => {
      world.time += DEFAULT_LIMITS.maxCardMs + 1;
    };
    const [, planned] = flow({ e, w: card("read", key("w")) }, "e > w").order;
    if (!planned) throw new Error("The flow has two cards.");
    const run = await runCard({ planned, inputs: { key: "w" }, ports: world });
    expect(run.result.ok).toBe(true);
  });

  it("waits for a card seven days in all, and from a person's retry on as long again", async () => {
    const world = new World();
    const refused = new CardError("Not any more.", { kind: "unauthorized", code: "x" });
    world.fail("write w", ...Array(40).fill({ before: refused }));
    const plan = flow({ e, w: card("ask", key("w")) }, "e > w");
    const days = async () => {
      const from = world.time;
      const ending = await world.runToEnd(plan);
      expect(ending).toMatchObject({
        status: "failed",
        error: { code: "x", message: expect.stringContaining("waited for 7 days") },
      });
      return (world.time - from) / 86_400_000;
    };
    expect(await days()).toBe(7);
    world.time += 30 * 86_400_000;
    expect(await days()).toBe(7);
    expect(world.calls).toEqual([]);
  });
});

describe("the record of a card's calls", () => {
  const call = (number: number, more: Partial<Exchange> = {}): Exchange => ({
    method: "GET",
    path: `/${number}`,
    durationMs: 1,
    at: "2026-11-21T09:00:00.000Z",
    ...more,
  });

  it("stays small however many there are, and says how many are left out", () => {
    for (const count of [0, 1, 50, 51, 100, 101, 149, 150, 151, 10_000]) {
      const log = new ExchangeLog();
      for (let number = 0; number < count; number++) log.add(call(number));
      const kept = log.list();
      expect(kept.length).toBe(Math.min(count, 100));
      expect(kept.at(-1)?.path).toBe(count === 0 ? undefined : `/${count - 1}`);
      expect(kept.reduce((sum, { omitted = 0 }) => sum + omitted, kept.length)).toBe(count);
    }
  });

  it("keeps every call a plan did not send", () => {
    const log = new ExchangeLog();
    for (let number = 0; number < 300; number++) log.add(call(number, { held: { changes: [] } }));
    expect(log.list()).toHaveLength(300);
  });
});
