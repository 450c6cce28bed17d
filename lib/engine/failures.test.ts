import { describe, expect, it } from "vitest";
import type { CardErrorKind } from "../cards/errors.ts";
import { error, one, statuses } from "./test-failures.ts";
import { card, flow, literal, ref, World } from "./test-support.ts";

const e = card("event");
const key = (name: string) => ({ key: literal(name) });
const isWaiting = { status: "waiting", path: "w" };

describe("a card whose connection is no longer authorized", () => {
  const refusal = error("unauthorized", { status: 401, data: { connection: "okta" } });
  const parked = {
    status: "waiting",
    until: "2026-11-22T09:00:00.000Z",
    reason: "Waiting until the connection is authorized again: It was unauthorized.",
  };

  it("parks the flow, with nothing sent, and goes on from there", async () => {
    const world = new World();
    world.fail("write w", { before: refusal });
    expect(await world.run(one("ask"))).toEqual({ ...parked, path: "w" });
    const step = (await world.steps()).find(({ path }) => path === "w");
    expect(step).toMatchObject({
      status: "failed",
      error: { kind: "unauthorized", retryAt: parked.until, data: { connection: "okta" } },
    });
    expect(await world.run(one("ask"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["write w"]);
  });

  it("parks it however often, also where the client itself is refused", async () => {
    const world = new World();
    world.clientError = refusal;
    for (let time = 0; time < 5; time++) {
      expect(await world.run(one("ask"))).toMatchObject({ status: "waiting", path: "e" });
    }
    world.clientError = undefined;
    expect(await world.run(one("ask"))).toEqual({ status: "succeeded" });
  });

  it("keeps a write of unknown outcome unknown until it can be looked for", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    expect(await world.run(one("check"))).toMatchObject({ status: "waiting" });
    world.clientError = refusal;
    expect(await world.run(one("check"))).toMatchObject({ status: "waiting", path: "w" });
    const step = (await world.steps()).find(({ path }) => path === "w");
    expect(step).toMatchObject({
      status: "unknown",
      error: { kind: "unavailable", data: { connection: "okta" } },
    });
    world.clientError = error("rateLimited");
    expect(await world.run(one("check"))).toMatchObject({ status: "waiting", path: "w" });
    const waits = (await world.steps()).find(({ path }) => path === "w");
    expect(waits?.error).not.toHaveProperty("data");
    world.clientError = undefined;
    expect(await world.run(one("check"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["write w", "find w"]);
  });
});

describe("a card that fails for good", () => {
  it.each<CardErrorKind>(["input", "refused", "forbidden"])("%s: fails the flow there", async (kind) => {
    const world = new World();
    world.fail("write w", {
      before: error(kind, { status: 400, hint: "Do this.", field: ["key"], data: { a: 1 } }),
    });
    const stored = {
      kind,
      code: `c-${kind}`,
      message: `It was ${kind}.`,
      status: 400,
      hint: "Do this.",
      field: ["key"],
      data: { a: 1 },
    };
    expect(await world.run(one("ask"))).toEqual({ status: "failed", error: stored, path: "w" });
    expect(await world.outcome()).toEqual({ e: "succeeded", w: "failed" });
    expect((await world.steps()).at(-1)).toMatchObject({ error: stored, exchanges: [{ path: "/w" }] });
  });

  it("is tried again when a person says so, with what came before reused", async () => {
    const world = new World();
    const plan = flow(
      { e, r: card("read", key("r")), w: card("ask", { key: literal("w"), value: ref("r", "value") }) },
      "e > r > w",
    );
    world.fail("write w", { before: error("refused") });
    await world.run(plan);
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["read r", "write w"]);
    expect(await statuses(world)).toEqual(["failed", "succeeded"]);
    expect(world.written.get("w")?.value).toContain("value of r");
  });

  it("names every input that does not fit, before anything is sent or recorded as running", async () => {
    const world = new World();
    const plan = flow({ e, w: card("ask", { key: ref("e", "nothing"), extra: literal(1) }) }, "e > w");
    const ending = await world.run(plan);
    expect(ending).toMatchObject({
      status: "failed",
      error: { kind: "input", code: "missing-input", field: ["key"] },
    });
    expect(JSON.stringify(ending)).toMatch(/Key is required.*no field \\"extra\\"/);
    expect(world.recorded()).toEqual(["e:succeeded w:failed = failed"]);
  });

  it("fails where no connection is chosen, with nothing sent", async () => {
    const unset = new World();
    const plan = flow({ e, w: card("ask", key("w"), { connection: undefined }) }, "e > w");
    expect(await unset.run(plan)).toMatchObject({
      status: "failed",
      error: { code: "no-connection" },
      path: "w",
    });
  });

  it("calls an error of ours a bug and keeps its stack to itself", async () => {
    const world = new World();
    const ending = await world.run(flow({ e, b: card("boom") }, "e > b"));
    expect(ending).toMatchObject({
      status: "failed",
      error: { kind: "bug", code: "bug", message: "x is not a function\uFFFD" },
    });
    expect(JSON.stringify(world.batches)).not.toMatch(/test-cards\.ts|TypeError/);
  });

  it("does not follow a way out the card does not have", async () => {
    const world = new World();
    expect(await world.run(flow({ e, a: card("astray") }, "e > a"))).toMatchObject({
      status: "failed",
      error: { kind: "bug" },
    });
  });

  it("does not send again what went wrong after a write was sent", async () => {
    const ask = new World();
    ask.fail("write w", { after: new TypeError("no such property") });
    expect(await ask.run(one("ask"))).toMatchObject({
      status: "attention",
      error: { code: "outcome-unknown" },
    });
    const check = new World();
    check.fail("write w", { after: new TypeError("no such property") });
    expect(await check.run(one("check"))).toMatchObject({ status: "failed", error: { kind: "bug" } });
    expect(await check.run(one("check"))).toEqual({ status: "succeeded" });
    expect([ask.writes("w"), check.writes("w")]).toEqual([1, 1]);
  });
});

describe("no answer", () => {
  const down = { before: error("unavailable", { status: 503 }) };

  it.each(["read", "safe"])(
    "%s: is tried four times, waiting longer each time, and then fails",
    async (id) => {
      const world = new World();
      world.fail(`${id === "read" ? "read" : "write"} w`, down, down, down, down);
      const waits: number[] = [];
      for (let run = 0; run < 3; run++) {
        const ending = await world.run(one(id));
        if (ending.status !== "waiting") throw new Error(`It is ${ending.status}.`);
        waits.push(Date.parse(ending.until) - world.time);
        world.time = Date.parse(ending.until);
      }
      expect(waits).toEqual([1000, 2000, 4000]);
      expect(await world.run(one(id))).toMatchObject({ status: "failed", error: { status: 503 } });
      expect(await statuses(world)).toHaveLength(4);
    },
  );

  it("is tried as often as the card says", async () => {
    const world = new World();
    world.fail("read w", down, down);
    expect(await world.runToEnd(one("read", { retry: 1 }))).toMatchObject({ status: "failed" });
    const never = new World();
    never.fail("read w", down);
    expect(await never.runToEnd(one("read", { retry: 0 }))).toMatchObject({ status: "failed" });
  });

  it("after a person's retry has its full number of attempts again", async () => {
    const world = new World();
    world.fail("read w", down, down, down, down);
    const plan = one("read", { retry: 1 });
    expect(await world.runToEnd(plan)).toMatchObject({ status: "failed" });
    expect(await world.runToEnd(plan)).toMatchObject({ status: "failed" });
    expect(await world.runToEnd(plan)).toEqual({ status: "succeeded" });
    expect(await statuses(world)).toHaveLength(5);
  });

  it("ask: what certainly was not sent is sent again; what may have been waits for a person", async () => {
    const unsent = new World();
    unsent.fail("write w", { before: error("unavailable", { sent: false }) });
    expect(await unsent.runToEnd(one("ask"))).toEqual({ status: "succeeded" });
    expect(await statuses(unsent)).toEqual(["failed", "succeeded"]);

    const sent = new World();
    sent.fail("write w", { after: error("unavailable", { status: 504 }) });
    const attention = {
      status: "attention",
      path: "w",
      error: { kind: "unavailable", code: "outcome-unknown", status: 504, data: { cause: "c-unavailable" } },
    };
    expect(await sent.run(one("ask"))).toMatchObject(attention);
    expect(await statuses(sent)).toEqual(["unknown"]);
    // Retrying without having said what became of it asks again.
    expect(await sent.run(one("ask"))).toMatchObject(attention);
    expect(sent.writes("w")).toBe(1);
  });

  it("ask: a connection that can't even be made is tried again, since nothing was sent", async () => {
    const world = new World();
    world.fail("write w", { before: error("refused") });
    await world.run(one("ask"));
    world.clientError = error("unavailable");
    expect(await world.run(one("ask"))).toMatchObject(isWaiting);
    world.clientError = undefined;
    expect(await world.runToEnd(one("ask"))).toEqual({ status: "succeeded" });
    expect(await statuses(world)).toEqual(["failed", "failed", "succeeded"]);
  });
});
