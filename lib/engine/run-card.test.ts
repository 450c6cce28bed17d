import { describe, expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { CardNode } from "../flow/document.ts";
import type { JsonObject } from "../flow/json.ts";
import { planCard } from "./plan.ts";
import { runCard } from "./run-card.ts";
import { card, registry, World } from "./test-support.ts";

const test = (world: World, node: CardNode, inputs: JsonObject, event?: JsonObject) =>
  runCard({ planned: planCard("x", node, registry), inputs, event, ports: world });

describe("running one card alone", () => {
  it("converts inputs, runs, and reports outputs, exchanges and time", async () => {
    const world = new World();
    world.at = (point) => {
      if (point.startsWith("after")) world.time += 250;
    };
    const run = await test(world, card("read"), { key: 7 });
    expect(run).toMatchObject({
      inputs: { key: "7" },
      exchanges: [{ method: "read", path: "/7", status: 200 }],
      result: { ok: true, outputs: { value: "value of 7" }, exit: "next" },
    });
    expect(run.finishedAt.getTime() - run.startedAt.getTime()).toBe(250);
  });

  it("reads its own sample where no event is given", async () => {
    const world = new World();
    expect((await test(world, card("event"), {})).result).toMatchObject({
      ok: true,
      outputs: { id: "sample", who: "value of who" },
    });
    expect((await test(world, card("event"), {}, { id: "u1" })).result).toMatchObject({
      ok: true,
      outputs: { id: "u1" },
    });
  });

  it("says what a control card decides", async () => {
    const world = new World();
    expect((await test(world, card("if"), { is: "yes" })).result).toMatchObject({ ok: true, exit: "true" });
    const { result } = await test(world, card("continue"), { is: false });
    expect(result).toEqual({ ok: true, outputs: {}, exit: undefined, end: { reason: "It is not." } });
  });

  it("reports what went wrong as data", async () => {
    const world = new World();
    world.fail("write k", {
      before: new CardError("No.", { kind: "refused", code: "E0000001", status: 400 }),
    });
    const run = await test(world, card("safe"), { key: "k" });
    expect(run.result).toEqual({
      ok: false,
      failure: {
        error: { kind: "refused", code: "E0000001", message: "No.", status: 400 },
        retryAt: undefined,
        sent: false,
      },
    });
    expect(run.exchanges).toHaveLength(1);
  });

  it("gives the inputs as they were when they do not fit", async () => {
    const run = await test(new World(), card("if"), { is: "perhaps" });
    expect(run.inputs).toEqual({ is: "perhaps" });
    expect(run.result).toMatchObject({
      ok: false,
      failure: { error: { kind: "input", code: "wrong-type", field: ["is"] } },
    });
  });

  it("says that a note does nothing", async () => {
    expect((await test(new World(), card("note"), {})).result).toMatchObject({
      ok: false,
      failure: { error: { kind: "bug" } },
    });
  });
});
