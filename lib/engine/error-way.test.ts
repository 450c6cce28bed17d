import { describe, expect, it } from "vitest";
import type { OnError } from "../flow/document.ts";
import { PlanError } from "./plan.ts";
import { error } from "./test-failures.ts";
import { card, flow, literal, ref, World } from "./test-support.ts";

const e = card("event");
const key = (name: string) => ({ key: literal(name) });
const goesOn: OnError = { after: "error", retry: 0 };
/** `good` stands on the usual way, `bad` on the error way and writes what it is told. */
const two = (id: string, onError: OnError = goesOn) =>
  flow(
    {
      e,
      w: card(id, key("w"), { onError }),
      good: card("join"),
      bad: card("safe", { key: literal("bad"), value: ref("w", "error") }),
      both: card("join", { parts: { list: [ref("w", "value"), ref("w", "error", "message")] } }),
    },
    "e > w > good > both",
    "w.error > bad > both",
  );

describe("a flow to call", () => {
  const called = "0198c0de-0000-7000-8000-000000000001";
  const one = (id: string, onError: OnError) =>
    flow({ e, w: card(id, key("w"), { onError }), good: card("join") }, "e > w > good");

  it("is named by the ending once no try is left, and the execution fails", async () => {
    const world = new World();
    world.fail("write w", { before: error("refused") });
    const ending = await world.run(one("ask", { after: "call", flow: called, retry: 0 }));
    expect(ending).toMatchObject({
      status: "failed",
      path: "w",
      call: { flow: called, card: "Write (ask)" },
    });
    expect(await world.outcome()).not.toHaveProperty("good", "succeeded");
  });

  it("is not named by other endings, nor where none was chosen", async () => {
    const world = new World();
    expect(await world.run(one("safe", { after: "call", flow: called }))).toEqual({ status: "succeeded" });
    const other = new World();
    other.fail("write w", { before: error("refused") });
    expect(await other.run(one("ask", { after: "call" }))).not.toHaveProperty("call");
  });
});

describe("the error way", () => {
  it("is dead where the card works, and says nothing", async () => {
    const world = new World();
    expect(await world.run(two("safe"))).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toMatchObject({
      good: "succeeded",
      bad: "skipped by w",
      both: "succeeded",
    });
    expect((await world.steps()).find(({ path }) => path === "both")?.outputs).toEqual({
      value: '["w is null"]',
    });
  });

  it("is taken where it fails, with what went wrong as outputs, and the execution succeeds", async () => {
    const world = new World();
    world.fail("write w", { before: error("refused", { status: 400 }) });
    expect(await world.run(two("ask"))).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toEqual({
      e: "succeeded",
      w: "failed",
      good: "skipped by w",
      bad: "succeeded",
      both: "succeeded",
    });
    const told = { message: "It was refused.", code: "c-refused", status: 400, card: "Write (ask)" };
    expect(world.written.get("bad")?.value).toBe(`bad is ${JSON.stringify(told)}`);
    const step = (await world.steps()).find(({ path }) => path === "w");
    expect(step).toMatchObject({ exit: "error", outputs: { error: told }, error: { code: "c-refused" } });
  });

  it("comes after the tries the card has", async () => {
    const world = new World();
    const down = { before: error("unavailable", { sent: false }) };
    world.fail("write w", down, down, down);
    expect(await world.runToEnd(two("safe", { after: "error", retry: 1 }))).toEqual({ status: "succeeded" });
    const attempts = (await world.steps()).filter(({ path }) => path === "w");
    expect(attempts.map(({ exit }) => exit)).toEqual([undefined, "error"]);
  });

  it("is not taken again, nor the card tried again, when the execution is taken up later", async () => {
    const world = new World();
    world.fail("write w", { before: error("refused") }, { before: error("refused") });
    world.fail("write bad", { before: error("refused") });
    expect(await world.run(two("safe"))).toMatchObject({ status: "failed", path: "bad" });
    world.fail("write w");
    expect(await world.run(two("safe"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["write bad"]);
  });

  it.each(["safe", "check"])("is taken too where a %s write gave no answer to the last try", async (id) => {
    const world = new World();
    world.fail("write w", { before: error("unavailable") });
    expect(await world.runToEnd(two(id))).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toMatchObject({ good: "skipped by w", bad: "succeeded" });
    expect(world.writes("w")).toBe(0);
    // What is taken up again finds the decision, and does not look or send again.
    const { length } = world.calls;
    expect(await world.run(two(id))).toEqual({ status: "succeeded" });
    expect(world.calls).toHaveLength(length);
  });

  it("is not taken while a person has to say what became of a write", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    expect(await world.run(two("ask"))).toMatchObject({ status: "attention", path: "w" });
    expect(world.calls).toEqual(["write w"]);
  });

  it("is taken where an input can't be used or a function breaks", async () => {
    const world = new World();
    const plan = flow(
      { e, b: card("boom", {}, { onError: { after: "error" } }), after: card("join") },
      "e > b.error > after",
    );
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toEqual({ e: "succeeded", b: "failed", after: "succeeded" });
  });

  it("is there only where it was chosen, and never at cards that decide", () => {
    const plan = (onError?: OnError) => () =>
      flow({ e, w: card("safe", key("w"), { onError }), after: card("join") }, "e > w.error > after");
    expect(plan()).toThrow(PlanError);
    expect(plan({ after: "fail" })).toThrow(PlanError);
    expect(plan({ after: "error" })).not.toThrow();
    const deciding = { e, i: card("if", { is: literal(true) }, { onError: goesOn }), after: card("join") };
    expect(() => flow(deciding, "e > i.error > after")).toThrow(PlanError);
  });
});

describe("the retry policy of a card", () => {
  const one = (onError: OnError) => flow({ e, w: card("safe", key("w"), { onError }) }, "e > w");
  const down = { before: error("unavailable", { sent: false }) };

  it("waits as long as its author says, each time", async () => {
    const world = new World();
    world.fail("write w", down, down);
    const plan = one({ delaySeconds: 90 });
    expect(await world.run(plan)).toMatchObject({ status: "waiting", until: "2026-11-21T09:01:30.000Z" });
    world.time += 90_000;
    expect(await world.run(plan)).toMatchObject({ status: "waiting", until: "2026-11-21T09:03:00.000Z" });
    world.time += 90_000;
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
  });

  it("waits for a rate limit only, where its author says so", async () => {
    const world = new World();
    world.fail("write w", { before: error("rateLimited", { retryAt: world.time + 5000 }) }, down);
    const plan = one({ only: "rate-limit" });
    expect(await world.run(plan)).toMatchObject({ status: "waiting", until: "2026-11-21T09:00:05.000Z" });
    world.time += 5000;
    expect(await world.run(plan)).toMatchObject({ status: "failed", error: { code: "c-unavailable" } });
  });
});
