import { describe, expect, it } from "vitest";
import type { Card } from "../cards/define.ts";
import { CardError, type CardErrorDetails, type CardErrorKind } from "../cards/errors.ts";
import { card, flow, literal, World } from "./test-support.ts";

const error = (kind: CardErrorKind, more: Partial<CardErrorDetails> = {}) =>
  new CardError(`It was ${kind}.`, { kind, code: `c-${kind}`, ...more });
const one = (id: string, onError?: { retry: number }) =>
  flow(
    { e: card("event"), w: card(id, { key: literal("w") }, { onError }), after: card("join") },
    "e > w > after",
  );
const statuses = async (world: World) =>
  (await world.steps()).filter((step) => step.path === "w").map(({ status }) => status);

/** A read-back that notes which time it is given. */
function watching(readBack: Card["readBack"], seen: string[]): NonNullable<Card["readBack"]> {
  return async (context) => {
    seen.push(context.now.toISOString());
    return (await readBack?.(context)) ?? null;
  };
}

describe("a write without an answer that can be read back", () => {
  const down = { before: error("unavailable", { status: 503 }) };

  it("reads the outcome back after the wait, and adopts it", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    expect(await world.run(one("check"))).toMatchObject({
      status: "waiting",
      path: "w",
      until: "2026-11-21T09:00:01.000Z",
    });
    expect(await statuses(world)).toEqual(["unknown"]);
    expect(await world.run(one("check"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["write w", "find w"]);
    const step = (await world.steps()).find(({ path }) => path === "w");
    expect(step).toMatchObject({
      attempt: 1,
      status: "succeeded",
      settled: "readBack",
      outputs: { value: "w is null" },
    });
    expect(step?.error).toBeUndefined();
    expect(step?.exchanges?.map(({ method }) => method)).toEqual(["write", "find"]);
  });

  it("reads back what has happened since the attempt began, not since the look", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    const plan = one("check");
    const seen: string[] = [];
    const order = plan.order.map((planned) =>
      planned.id === "w"
        ? { ...planned, card: { ...planned.card, readBack: watching(planned.card.readBack, seen) } }
        : planned,
    );
    expect(await world.runToEnd({ ...plan, order })).toEqual({ status: "succeeded" });
    expect(world.time).toBeGreaterThan(Date.parse("2026-11-21T09:00:00.000Z"));
    expect(seen).toEqual(["2026-11-21T09:00:00.000Z"]);
  });

  it("asks a person where nobody knows when the attempt began", async () => {
    const world = new World();
    world.intentsKnown = false;
    world.fail("write w", { after: error("unavailable") });
    expect(await world.runToEnd(one("check"))).toMatchObject({ status: "attention", path: "w" });
    expect(world.calls).toEqual(["write w"]);
  });

  it("sends again what had not taken effect, as often as the card says", async () => {
    const world = new World();
    world.fail("write w", down, down, down);
    expect(await world.runToEnd(one("check", { retry: 1 }))).toMatchObject({ status: "failed", path: "w" });
    const [first, second, ...more] = (await world.steps()).filter(({ path }) => path === "w");
    expect([first, second]).toMatchObject([
      { status: "failed", settled: "readBack" },
      { status: "failed", settled: "readBack" },
    ]);
    expect(more).toEqual([]);
    expect(second?.error?.message).toMatch(/had not taken effect/);
    expect(await world.runToEnd(one("check", { retry: 1 }))).toEqual({ status: "succeeded" });
    expect(world.writes("w")).toBe(1);
  });

  it("keeps trying to read back while the system is down, then asks a person", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    world.fail("find w", ...Array.from({ length: 3 }, () => down), { before: error("rateLimited") });
    expect(await world.runToEnd(one("check"))).toEqual({ status: "succeeded" });
    expect(world.writes("w")).toBe(1);

    const long = new World();
    long.fail("write w", { after: error("unavailable") });
    long.fail("find w", ...Array.from({ length: 100 }, () => down));
    expect(await long.runToEnd(one("check"))).toMatchObject({
      status: "attention",
      error: { code: "outcome-unknown" },
    });
    expect(long.time - Date.parse("2026-11-21T09:00:00Z")).toBeGreaterThanOrEqual(long.limits.settleWithinMs);
    expect(long.faults.get("find w")?.length).toBeGreaterThan(70);
    // Once the system answers, a person's retry settles it.
    long.faults.clear();
    expect(await long.run(one("check"))).toEqual({ status: "succeeded" });
    expect(long.writes("w")).toBe(1);
  });

  it("asks a person when reading back is not allowed", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    world.fail("find w", { before: error("forbidden", { status: 403 }) });
    expect(await world.runToEnd(one("check"))).toMatchObject({
      status: "attention",
      error: { kind: "forbidden", status: 403, message: expect.stringContaining("It was forbidden.") },
    });
  });
});
