import { describe, expect, it } from "vitest";
import { card, flow, literal, ref, World } from "./test-support.ts";

const e = card("event");
/** Gives a text of so many characters. */
const long = (size: number) => card("join", { parts: literal(["x".repeat(size)]) });
/** Is given the text of card `a` so many times, in a list or in a text. */
const times = (count: number) => ({
  parts: { list: Array.from({ length: count }, () => ref("a", "value")) },
});
const inText = (count: number) => ({
  value: { text: Array.from({ length: count }, () => ({ ref: ["a", "value"] as [string, string] })) },
});

function tight(): World {
  const world = new World();
  world.limits.maxInput = 100_000;
  world.limits.maxInputs = 250_000;
  world.limits.maxOutputBytes = 1_000_000;
  return world;
}

describe("inputs of one step", () => {
  it("fail their card before anything is sent where they are more than one may have, with card and limit", async () => {
    const cards = { e, a: long(30_000), w: card("ask", { key: literal("w"), ...inText(4) }) };
    const world = tight();
    expect(await world.run(flow(cards, "e > a > w"))).toMatchObject({
      status: "failed",
      path: "w",
      error: {
        code: "input-too-large",
        message: expect.stringMatching(
          /^The inputs of "Write \(ask\)" are more than 0\.1 MB.* did not run\.$/,
        ),
      },
    });
    expect(world.calls).toEqual([]);
    const [last] = (await world.steps()).slice(-1);
    expect(last).toMatchObject({ path: "w", attempt: 1, status: "failed" });
    expect(last?.inputs).toBeUndefined();
  });

  it("pass up to that, whatever else the cards they come from have", async () => {
    const world = tight();
    const cards = { e, a: long(30_000), w: card("ask", { key: literal("w"), ...inText(3) }) };
    expect(await world.run(flow(cards, "e > a > w"))).toEqual({ status: "succeeded" });
    expect(world.written.get("w")?.value.length).toBeGreaterThan(90_000);
  });

  it("are never made where no text could hold them", async () => {
    const world = new World();
    const cards = { e, a: long(9_000_000), w: card("ask", { key: literal("w"), ...inText(70) }) };
    expect(await world.run(flow(cards, "e > a > w"))).toMatchObject({ error: { code: "input-too-large" } });
  });

  it("go the error way like any refusal", async () => {
    const world = tight();
    const w = card("ask", { key: literal("w"), ...inText(4) }, { onError: { after: "error" } });
    const r = card("ask", { key: literal("r"), value: ref("w", "error", "code") });
    const plan = flow({ e, a: long(30_000), w, r }, "e > a > w", "w.error > r");
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
    expect(world.written.get("r")?.value).toContain("input-too-large");
  });
});

describe("inputs of all steps of an execution", () => {
  const cards = { e, a: long(30_000), b: card("join", times(3)), c: card("join", times(3)) };

  it("are bounded together, those of steps reused later too", async () => {
    const all = { ...cards, r: card("read", { key: literal("r") }), d: card("join", times(3)) };
    const plan = flow(all, "e > a > b > r > c > d");
    const stopped = { status: "failed", path: "d", error: { code: "inputs-too-large" } };
    const world = tight();
    expect(await world.run(flow(cards, "e > a > b > c"))).toEqual({ status: "succeeded" });
    expect(await world.run(plan)).toMatchObject(stopped);
    expect(await tight().run(plan)).toMatchObject(stopped);
  });

  it("do not count what they are taken out of", async () => {
    const world = tight();
    const few = (id: string) => [id, card("join", { parts: { list: [ref("a", "none"), literal("x")] } })];
    const ids = Array.from({ length: 20 }, (_, index) => `f${index}`);
    const plan = flow(
      { e, a: long(90_000), ...Object.fromEntries(ids.map(few)) },
      ["e", "a", ...ids].join(" > "),
    );
    expect(await world.run(plan)).toEqual({ status: "succeeded" });
  });

  it("and outputs are recorded before they are more than the store takes at once", async () => {
    const world = tight();
    world.limits.flushAfterSize = 200_000;
    expect(await world.run(flow(cards, "e > a > b > c"))).toEqual({ status: "succeeded" });
    expect(world.batches.map(({ steps }) => steps.map(({ path }) => path))).toEqual([["e", "a", "b"], ["c"]]);
  });
});
