import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import { error, one, statuses } from "./test-failures.ts";
import { card, flow, literal, World } from "./test-support.ts";

const AWAY = { kind: "rateLimited", code: "budget-spent" } as const;

describe("429", () => {
  const in30s = Date.parse("2026-11-21T09:00:30.000Z");

  it("waits until the reset, even a write nobody may repeat, and goes on with the next attempt", async () => {
    const world = new World();
    world.fail("write w", { before: error("rateLimited", { retryAt: in30s, status: 429 }) });
    const until = "2026-11-21T09:00:30.000Z";
    const reason = "Waiting for Testland: its rate limit is used up.";
    expect(await world.run(one("ask"))).toEqual({ status: "waiting", until, reason, path: "w" });
    expect((await world.steps()).at(-1)).toMatchObject({ status: "failed", error: { retryAt: until } });
    world.time = in30s;
    expect(await world.run(one("ask"))).toEqual({ status: "succeeded" });
    expect((await world.steps()).filter(({ path }) => path === "w").map(({ attempt }) => attempt)).toEqual([
      1, 2,
    ]);
    expect(world.writes("w")).toBe(1);
  });

  it.each([
    ["in the past", Date.parse("2026-11-21T08:00:00Z"), "2026-11-21T09:00:01.000Z"],
    ["hours away", Date.parse("2026-11-21T15:00:00Z"), "2026-11-21T09:15:00.000Z"],
    ["missing", undefined, "2026-11-21T09:00:01.000Z"],
  ])("does not believe a reset that is %s", async (_, retryAt, until) => {
    const world = new World();
    world.fail("write w", { before: error("rateLimited", { retryAt }) });
    expect(await world.run(one("safe"))).toMatchObject({ status: "waiting", until });
  });

  it("waits longer each time where Okta does not say until when", async () => {
    const world = new World();
    const refused = () => ({ before: error("rateLimited", { status: 429 }) });
    world.fail("write w", ...Array.from({ length: 8 }, refused));
    const waits: number[] = [];
    for (let ending = await world.run(one("safe")); ending.status === "waiting"; ) {
      waits.push((Date.parse(ending.until) - world.time) / 1000);
      world.time = Date.parse(ending.until);
      ending = await world.run(one("safe"));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("gives up by time and not by tries, in few attempts; a person's retry begins anew", async () => {
    const world = new World();
    const began = world.time;
    const refused = () => ({ before: error("rateLimited", { status: 429 }) });
    world.fail("write w", ...Array.from({ length: 1_000 }, refused));
    expect(await world.runToEnd(one("safe"))).toMatchObject({
      status: "failed",
      error: { kind: "rateLimited" },
    });
    expect((world.time - began) / world.limits.maxTotalWaitMs).toBeCloseTo(1, 1);
    expect((await statuses(world)).length).toBeLessThan(900);
    world.faults.clear();
    expect(await world.runToEnd(one("safe"))).toEqual({ status: "succeeded" });
  });

  it("waits as long as it takes where nothing was sent yet, and says what for", async () => {
    const world = new World();
    const sentAway = () => ({ before: new CardError("Waiting for Testland: its share is used.", AWAY) });
    world.fail("write w", ...Array.from({ length: 7 }, sentAway));
    expect(await world.run(one("ask"))).toMatchObject({
      status: "waiting",
      reason: "Waiting for Testland: its share is used.",
    });
    expect(await world.runToEnd(one("ask"))).toEqual({ status: "succeeded" });
  });

  it("is one row however often it was sent away before anything left, with since when and how often", async () => {
    const world = new World();
    world.tells = true;
    const sentAway = () => ({ away: new CardError("Waiting for Testland: its share is used.", AWAY) });
    const limited = { before: error("rateLimited", { status: 429 }) };
    world.fail("write w", ...Array.from({ length: 5 }, sentAway), limited, sentAway(), sentAway());
    const began = new Date(world.time).toISOString();
    expect(await world.runToEnd(one("ask"))).toEqual({ status: "succeeded" });
    const rows = (await world.steps()).filter(({ path }) => path === "w");
    expect(rows.map(({ attempt, status, error }) => [attempt, status, error?.waits])).toEqual([
      [1, "failed", 5],
      [2, "failed", undefined],
      [3, "failed", 2],
      [4, "succeeded", undefined],
    ]);
    expect(rows[0]).toMatchObject({ startedAt: began, error: { code: "budget-spent" } });
    expect(Date.parse(rows[0]?.finishedAt ?? "") - world.time).toBeLessThan(0);
    expect(Date.parse(rows[0]?.finishedAt ?? "")).toBeGreaterThan(Date.parse(began));
  });

  it("a write sent away with its intent recorded goes on in that row, however often the card was sent away before", async () => {
    const world = new World();
    world.tells = true;
    const away = () => ({ away: new CardError("Waiting for Testland: its share is used.", AWAY) });
    world.fail("write v", away());
    world.fail("write w", away(), away());
    const cards = { v: card("ask", { key: literal("v") }), w: card("check", { key: literal("w") }) };
    expect(await world.runToEnd(flow({ e: card("event"), ...cards }, "e > v > w"))).toEqual({
      status: "succeeded",
    });
    const rows = (await world.steps()).map(({ path, attempt, status }) => `${path}${attempt} ${status}`);
    expect(rows).toEqual(["e1 succeeded", "v1 failed", "v2 succeeded", "w1 failed", "w2 succeeded"]);
    expect([world.writes("v"), world.writes("w")]).toEqual([1, 1]);
  });

  it("does not use up the retries of another trouble", async () => {
    const world = new World();
    const limited = { before: error("rateLimited") };
    const down = { before: error("unavailable") };
    world.fail("write w", limited, down, limited, limited, down);
    expect(await world.runToEnd(one("safe", { retry: 2 }))).toEqual({ status: "succeeded" });
  });
});
