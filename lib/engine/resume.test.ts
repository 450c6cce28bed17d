import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { Step } from "./execution.ts";
import { settleByPerson } from "./retry.ts";
import { card, flow, literal, ref, World } from "./test-support.ts";

const AT = "2026-11-21T08:59:00.000Z";
const e = card("event");
const plan = (id: string) =>
  flow(
    {
      e,
      w: card(id, { key: literal("w"), value: ref("e", "id"), password: literal("s3cret!") }),
      after: card("join", { parts: ref("w", "value") }),
    },
    "e > w > after",
  );
const done: Step = {
  path: "e",
  attempt: 1,
  status: "succeeded",
  exit: "next",
  outputs: { id: "u1" },
  startedAt: AT,
  finishedAt: AT,
};
const running: Step = {
  path: "w",
  attempt: 1,
  status: "running",
  inputs: { key: "w", password: "********" },
  startedAt: AT,
};

async function worldWith(...steps: Step[]): Promise<World> {
  const world = new World();
  await world.store.record("e1", 0, { steps });
  return world;
}

const attempts = async (world: World) =>
  (await world.steps())
    .filter(({ path }) => path === "w")
    .map(({ attempt, status }) => `${attempt} ${status}`);

describe("taking over from a dead worker", () => {
  it("safe: sends again, with real inputs and not the masked ones", async () => {
    const world = await worldWith(done, running);
    expect(await world.run(plan("safe"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["write w"]);
    expect(world.written.get("w")?.value).toContain("s3cret!");
    expect(await attempts(world)).toEqual(["1 unknown", "2 succeeded"]);
    expect(world.recorded()).toEqual(["w:unknown w:running", "w:succeeded after:succeeded = succeeded"]);
    expect((await world.steps())[1]).toMatchObject({
      error: { code: "worker-lost" },
      finishedAt: expect.any(String),
    });
  });

  it("counts attempts on, so that a worker's death gives a failing card no fresh start", async () => {
    const failed: Step = {
      ...running,
      status: "failed",
      finishedAt: AT,
      error: { kind: "unavailable", code: "503", message: "No answer.", retryAt: AT },
    };
    const world = await worldWith(done, failed, { ...running, attempt: 2 });
    world.fail("write w", { before: new CardError("No answer.", { kind: "unavailable", code: "503" }) });
    const cards = { e, w: card("safe", { key: literal("w") }, { onError: { retry: 1 } }) };
    expect(await world.run(flow(cards, "e > w"))).toMatchObject({ status: "failed" });
    expect(await attempts(world)).toEqual(["1 failed", "2 unknown", "3 unknown"]);
  });

  it("check: adopts what had happened", async () => {
    const world = await worldWith(done, running);
    world.written.set("w", { value: "there" });
    expect(await world.run(plan("check"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["find w"]);
    expect((await world.steps()).slice(1)).toMatchObject([
      {
        path: "w",
        attempt: 1,
        status: "succeeded",
        settled: "readBack",
        exit: "next",
        outputs: { value: "there" },
      },
      { path: "after", outputs: { value: '["there"]' } },
    ]);
  });

  it("check: sends what had not, once it can't be under way any more", async () => {
    const world = await worldWith(done, running);
    world.time += world.limits.underWayMs;
    expect(await world.run(plan("check"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["find w", "write w"]);
    expect(await attempts(world)).toEqual(["1 failed", "2 succeeded"]);
  });

  it("check: sends what had not even where the card is never to be retried", async () => {
    const world = await worldWith(done, running);
    world.time += world.limits.underWayMs;
    const cards = { e, w: card("check", { key: literal("w") }, { onError: { retry: 0 } }) };
    expect(await world.run(flow(cards, "e > w"))).toEqual({ status: "succeeded" });
  });

  it("ask: waits for a person and says what is unknown", async () => {
    const world = await worldWith(done, running);
    const ending = await world.run(plan("ask"));
    expect(ending).toMatchObject({ status: "attention", path: "w", error: { code: "outcome-unknown" } });
    expect(JSON.stringify(ending)).toMatch(/not known whether .*Write \(ask\).* took effect.*worker stopped/);
    expect(world.calls).toEqual([]);
    expect(await attempts(world)).toEqual(["1 unknown"]);
    expect((await world.steps()).at(-1)?.error?.retryAt).toBeUndefined();
  });

  it("ask: goes on as the person says", async () => {
    const world = await worldWith(done, running);
    await world.run(plan("ask"));
    const step = (await world.steps()).at(-1);
    if (!step) throw new Error("There is no step.");
    const happened = settleByPerson(step, { tookEffect: true, outputs: { value: "seen" } }, "next");
    await world.store.record("e1", 1, { steps: [happened] });
    expect(await world.run(plan("ask"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual([]);
    expect((await world.steps()).at(-1)?.outputs).toEqual({ value: '["seen"]' });
  });

  it("ask: sends again when the person says that nothing happened", async () => {
    const world = await worldWith(done, running);
    await world.run(plan("ask"));
    const step = (await world.steps()).at(-1);
    if (!step) throw new Error("There is no step.");
    await world.store.record("e1", 1, { steps: [settleByPerson(step, { tookEffect: false }, "next")] });
    expect(await world.run(plan("ask"))).toEqual({ status: "succeeded" });
    expect(await attempts(world)).toEqual(["1 failed", "2 succeeded"]);
  });

  it("reads again what was being read", async () => {
    const world = await worldWith(done, running);
    expect(await world.run(plan("read"))).toEqual({ status: "succeeded" });
    expect(await attempts(world)).toEqual(["1 unknown", "2 succeeded"]);
  });

  it("reuses finished steps with the way out they took", async () => {
    const chosen: Step = { ...done, path: "i", exit: "false", outputs: { result: false } };
    const skipped: Step = {
      ...done,
      path: "a",
      status: "skipped",
      because: "i",
      exit: undefined,
      outputs: undefined,
    };
    const world = await worldWith(done, chosen, skipped);
    // The condition reads "true" by now; what was decided stays decided.
    const cards = { e, i: card("if", { is: literal(true) }), a: card("join"), b: card("join") };
    await world.run(flow(cards, "e > i.true > a", "i.false > b"));
    expect(world.recorded()).toEqual(["b:succeeded = succeeded"]);
  });

  it("only ends what had nothing left to do", async () => {
    const after: Step = { ...done, path: "after" };
    const world = await worldWith(done, { ...done, path: "w" }, after);
    expect(await world.run(plan("ask"))).toEqual({ status: "succeeded" });
    expect(world.recorded()).toEqual(["= succeeded"]);
  });
});

describe("settleByPerson", () => {
  it("leaves history alone", () => {
    expect(() => settleByPerson(done, { tookEffect: false }, "next")).toThrow(/only an unknown outcome/);
  });
});
