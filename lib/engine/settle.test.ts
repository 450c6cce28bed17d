import { describe, expect, it } from "vitest";
import type { Card } from "../cards/define.ts";
import { CardError } from "../cards/errors.ts";
import { error, one, statuses } from "./test-failures.ts";
import { World } from "./test-support.ts";

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

  it("says once that it waits, and why it can't look", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    const message =
      "Waiting for Okta: the org is down: it does not answer. It is tried again from time to time.";
    world.fail("find w", { before: new CardError(message, { kind: "unavailable", code: "org-down" }) });
    await world.run(one("check"));
    world.time += 120_000;
    expect(await world.run(one("check"))).toMatchObject({
      status: "waiting",
      reason: 'Finding out whether "Write (check)" took effect: the org is down: it does not answer.',
    });
  });

  it("asks a person when reading back is not allowed", async () => {
    const world = new World();
    world.fail("write w", { after: error("unavailable") });
    const refused = { before: error("forbidden", { status: 403 }) };
    world.fail("find w", refused, refused);
    expect(await world.runToEnd(one("check"))).toMatchObject({
      status: "attention",
      error: { kind: "forbidden", status: 403, message: expect.stringContaining("It was forbidden.") },
    });
  });
});

describe("a write the system is still at when it is looked for", () => {
  const written = { value: "w is late" };

  it("is found a minute after its intent, by the store's clock, and not sent again", async () => {
    const world = new World();
    world.fail("write w", { before: error("unavailable") });
    await world.run(one("check"));
    world.time += 1000;
    expect(await world.run(one("check"))).toMatchObject({
      status: "waiting",
      until: "2026-11-21T09:01:00.000Z",
      reason: expect.stringMatching(/^Finding out whether "Write \(check\)" took effect/),
    });
    expect((await world.steps()).at(-1)).toMatchObject({
      status: "unknown",
      error: { code: "c-unavailable" },
    });
    world.written.set("w", written);
    expect(await world.runToEnd(one("check"))).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["find w", "find w"]);
    expect((await world.steps())[1]).toMatchObject({
      status: "succeeded",
      settled: "readBack",
      outputs: written,
    });
  });

  it("leaves nobody asked before that either, where looking can't tell", async () => {
    const world = new World();
    world.fail("write w", { before: error("unavailable") });
    world.fail("find w", { before: error("refused") });
    await world.run(one("check"));
    expect(await world.run(one("check"))).toMatchObject({ status: "waiting" });
    world.written.set("w", written);
    expect(await world.runToEnd(one("check"))).toEqual({ status: "succeeded" });
  });

  it("is adopted where it is done even later: what was sent again is refused by it", async () => {
    const world = new World();
    const seen: string[] = [];
    const plan = one("check");
    const order = plan.order.map((planned) =>
      planned.id === "w"
        ? { ...planned, card: { ...planned.card, readBack: watching(planned.card.readBack, seen) } }
        : planned,
    );
    world.fail(
      "write w",
      { before: error("unavailable") },
      { before: error("rateLimited") },
      { before: error("refused") },
    );
    let calls = 0;
    world.at = (point) => {
      if (point === "before write w" && ++calls === 3) world.written.set("w", written);
    };
    expect(await world.runToEnd({ ...plan, order })).toEqual({ status: "succeeded" });
    expect(world.writes("w")).toBe(0);
    expect(await statuses(world)).toEqual(["failed", "failed", "succeeded"]);
    // Since the first attempt's intent: that call is the one that may have done it.
    expect(seen.at(-1)).toBe("2026-11-21T09:00:00.000Z");
  });

  it("fails like any other where a refusal is not its own doing", async () => {
    const world = new World();
    world.fail("write w", { before: error("unavailable") }, { before: error("refused") });
    expect(await world.runToEnd(one("check"))).toMatchObject({
      status: "failed",
      error: { code: "c-refused" },
    });
    const fresh = new World();
    fresh.written.set("w", written);
    fresh.fail("write w", { before: error("refused") });
    expect(await fresh.runToEnd(one("check"))).toMatchObject({ status: "failed" });
    expect(fresh.calls).toEqual([]);
  });
});

describe("a person's word that it did not happen, where looking still can't tell", () => {
  it("sends it once more, and holds for that attempt only", async () => {
    const world = new World();
    const unclear = { before: error("refused", { code: "outcome-ambiguous" }) };
    world.fail("write w", { before: error("unavailable") }, { before: error("unavailable") });
    world.fail("find w", ...Array.from({ length: 9 }, () => unclear));
    const answer = async () => {
      const step = (await world.steps()).at(-1);
      if (!step) throw new Error("There is no step.");
      world.store.claim("e1", 1000);
      await world.store.record("e1", 1000, { steps: [{ ...step, settledBy: "Ann" }] });
    };
    expect(await world.runToEnd(one("check"))).toMatchObject({ status: "attention" });
    expect(await world.runToEnd(one("check"))).toMatchObject({ status: "attention" });
    expect(await statuses(world)).toEqual(["unknown"]);
    await answer();
    expect(await world.runToEnd(one("check"))).toMatchObject({ status: "attention" });
    expect(await statuses(world)).toEqual(["failed", "unknown"]);
    expect((await world.steps())[1]).toMatchObject({ settled: "person", settledBy: "Ann" });
    await answer();
    expect(await world.runToEnd(one("check"))).toEqual({ status: "succeeded" });
    expect(world.writes("w")).toBe(1);
  });
});
