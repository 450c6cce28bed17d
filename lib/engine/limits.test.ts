import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "./limits.ts";
import { LostClaimError } from "./ports.ts";
import { card, flow, literal, World } from "./test-support.ts";

const e = card("event");
const key = (name: string) => ({ key: literal(name) });
const one = (id: string) => flow({ e, w: card(id, key("w")), after: card("join") }, "e > w > after");

describe("limits", () => {
  it("stops an execution with too many steps", async () => {
    const world = new World();
    world.limits.maxSteps = 2;
    const plan = flow({ e, a: card("join"), b: card("join") }, "e > a > b");
    expect(await world.run(plan)).toMatchObject({
      status: "failed",
      path: "b",
      error: { code: "too-many-steps" },
    });
    expect(await world.outcome()).toEqual({ e: "succeeded", a: "succeeded", b: "failed" });
  });

  it("refuses outputs that are too large, counted in bytes", async () => {
    const world = new World();
    world.limits.maxOutputBytes = 60;
    const plan = (text: string) => flow({ e, j: card("join", { parts: literal([text]) }) }, "e > j");
    // {"value":"[\"…\"]"} is 18 bytes around the text.
    expect(await world.run(plan("x".repeat(42)))).toEqual({ status: "succeeded" });
    const wide = new World();
    wide.limits.maxOutputBytes = 60;
    expect(await wide.run(plan("ü".repeat(22)))).toMatchObject({
      status: "failed",
      error: { code: "output-too-large" },
    });
    expect((await wide.steps()).at(-1)?.outputs).toBeUndefined();
  });

  it("does not send a write again whose outputs were too large", async () => {
    const world = new World();
    world.limits.maxOutputBytes = 25;
    const long = flow({ e, w: card("ask", { ...key("w"), value: literal("x".repeat(50)) }) }, "e > w");
    expect(await world.run(long)).toMatchObject({ status: "attention", error: { code: "output-too-large" } });
    expect(await world.run(long)).toMatchObject({ status: "attention" });
    expect(world.writes("w")).toBe(1);
  });

  it("leaves the worker after its slice and comes back, however small the slice", async () => {
    const world = new World();
    world.limits.sliceMs = 0;
    const plan = flow(
      { e, a: card("read", key("a")), w: card("ask", key("w")), b: card("read", key("b")) },
      "e > a > w > b",
    );
    expect(await world.run(plan)).toEqual({
      status: "waiting",
      until: "2026-11-21T09:00:00.000Z",
      reason: "Letting other executions run.",
    });
    expect(await world.runToEnd(plan)).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["read a", "write w", "read b"]);
  });
});

describe("cancelling", () => {
  it("skips what is left", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after write a") world.cancelled = true;
    };
    const plan = flow(
      { e, a: card("safe", key("a")), b: card("safe", key("b")), c: card("join") },
      "e > a > b > c",
    );
    expect(await world.run(plan)).toEqual({ status: "cancelled" });
    expect(await world.outcome()).toEqual({ e: "succeeded", a: "succeeded", b: "skipped", c: "skipped" });
    expect(world.calls).toEqual(["write a"]);
  });

  it("stops a card in the middle of a long list, which begins anew when it is retried", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after read 2") world.cancelled = true;
    };
    const keys = { value: ["1", "2", "3"] };
    const plan = flow({ e, l: card("list", { keys }), w: card("safe", key("w")) }, "e > l > w");
    expect(await world.run(plan)).toEqual({ status: "cancelled" });
    expect(await world.outcome()).toEqual({ e: "succeeded", l: "failed", w: "skipped" });
    expect((await world.store.steps("e1")).find(({ path }) => path === "l")?.error).toMatchObject({
      code: "cancelled",
      message: '"List" stopped after 2 calls: the execution was cancelled.',
    });
    world.cancelled = false;
    world.at = () => {};
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["read 1", "read 2", "read 1", "read 2", "read 3", "write w"]);
  });

  it("leaves a list to another worker where this one stops, and gives no try for it", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after read 1") world.limits.sliceMs = 0;
    };
    const keys = { value: ["1", "2"] };
    const plan = flow(
      { e, l: { ...card("list", { keys }), onError: { retry: 0 } }, w: card("safe", key("w")) },
      "e > l > w",
    );
    expect(await world.run(plan)).toMatchObject({
      status: "waiting",
      path: "l",
      reason: expect.stringContaining("this one stops"),
    });
    world.at = () => {};
    world.limits.sliceMs = DEFAULT_LIMITS.sliceMs;
    expect(await world.runToEnd(plan)).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["read 1", "read 1", "read 2", "write w"]);
  });

  it("lets a read that is done be", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after read r") world.cancelled = true;
    };
    await world.run(flow({ e, r: card("read", key("r")), w: card("safe", key("w")) }, "e > r > w"));
    expect(await world.outcome()).toEqual({ e: "succeeded", r: "succeeded", w: "skipped" });
  });

  it("says of a write under way that its outcome is unknown", async () => {
    const world = new World();
    const running = {
      path: "w",
      attempt: 1,
      status: "running" as const,
      startedAt: "2026-11-21T08:59:00.000Z",
    };
    await world.store.record("e1", 0, { steps: [running] });
    world.cancelled = true;
    expect(await world.run(one("ask"))).toEqual({ status: "cancelled" });
    expect(await world.outcome()).toEqual({ e: "skipped", w: "unknown", after: "skipped" });
  });

  it("goes on where it stopped when it is retried", async () => {
    const world = new World();
    world.cancelled = true;
    await world.run(one("safe"));
    world.cancelled = false;
    expect(await world.run(one("safe"))).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toEqual({ e: "succeeded", w: "succeeded", after: "succeeded" });
  });
});

describe("losing the claim", () => {
  it("ends the run without another word", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "after write w") world.store.claim("e1", 99);
    };
    await expect(world.run(one("safe"))).rejects.toBeInstanceOf(LostClaimError);
    expect(await world.outcome()).toEqual({ e: "succeeded", w: "running" });
    expect(world.store.endings.get("e1")).toBeUndefined();
  });

  it("does not send a write whose intent was refused", async () => {
    const world = new World();
    world.at = (point) => {
      if (point === "before record") world.store.claim("e1", 99);
    };
    await expect(world.run(one("safe"))).rejects.toBeInstanceOf(LostClaimError);
    expect(world.calls).toEqual([]);
  });
});
