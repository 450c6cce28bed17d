import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import { planCard } from "./plan.ts";
import { runCard } from "./run-card.ts";
import { card, flow, literal, ref, registry, World } from "./test-support.ts";

const flowAbout = (only?: string) =>
  flow(
    {
      e: card("choosy", only === undefined ? {} : { only: literal(only) }),
      a: card("safe", { key: literal("a"), value: ref("e", "value") }),
    },
    "e > a",
  );

describe("an event card with conditions", () => {
  it("runs the flow for an event that meets them", async () => {
    const world = new World();
    expect(await world.run(flowAbout("ann"), { about: "ann" })).toEqual({ status: "succeeded" });
    expect(await world.outcome()).toEqual({ e: "succeeded", a: "succeeded" });
    expect(world.calls).toEqual(["read ann", "read more on ann", "write a"]);
  });

  it("runs no further card for one that does not, says why, and looks nothing more up", async () => {
    const world = new World();
    const ending = await world.run(flowAbout("ann"), { about: "bob" });
    expect(ending).toEqual({
      status: "succeeded",
      ran: false,
      reason: "Did not run, because it is not about ann.",
    });
    expect(await world.outcome()).toEqual({ e: "succeeded", a: "skipped by e" });
    expect(world.calls).toEqual(["read ann"]);
    expect((await world.steps())[0]).toMatchObject({ inputs: { only: "ann" }, outputs: { value: null } });
  });

  it("runs for every event where no condition is set", async () => {
    const world = new World();
    await world.run(flowAbout(), { about: "bob" });
    expect(await world.outcome()).toEqual({ e: "succeeded", a: "succeeded" });
  });

  it("waits and asks again where what a condition needs can't be read just now", async () => {
    const world = new World();
    const busy = new CardError("Busy.", { kind: "unavailable", code: "http-503", sent: true });
    world.fail("read ann", { before: busy });
    expect(await world.runToEnd(flowAbout("ann"), { about: "bob" })).toMatchObject({
      status: "succeeded",
      ran: false,
      reason: "Did not run, because it is not about ann.",
    });
    expect((await world.steps()).map(({ path, status }) => `${path} ${status}`)).toEqual([
      "e failed",
      "e succeeded",
      "a skipped",
    ]);
  });

  it("fails where the condition itself fails, and does not run the flow", async () => {
    const world = new World();
    world.fail("read ann", { before: new CardError("No.", { kind: "refused", code: "no" }) });
    expect(await world.run(flowAbout("ann"), { about: "ann" })).toMatchObject({
      status: "failed",
      path: "e",
    });
    expect(world.writes("a")).toBe(0);
  });

  it("shows its own sample when tried alone, whatever the conditions", async () => {
    const world = new World();
    const planned = planCard("e", card("choosy"), registry);
    const run = await runCard({ planned, inputs: { only: "ann" }, ports: world });
    expect(run.result).toMatchObject({
      ok: true,
      exit: "next",
      outputs: { value: "value of more on sample" },
    });
  });
});
