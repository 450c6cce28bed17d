import { expect, it } from "vitest";
import { CardError } from "../cards/errors.ts";
import type { FlowSettings } from "../flow/settings.ts";
import { planFlow } from "./plan.ts";
import { card, document, literal, registry, World } from "./test-support.ts";

const key = (name: string) => ({ key: literal(name) });
const cards = {
  e: card("event"),
  a: card("safe", key("a")),
  b: card("check", key("b")),
  r: card("read", key("r")),
  c: card("ask", key("c")),
  d: card("safe", key("d")),
};
const flowWith = (settings: FlowSettings) =>
  planFlow({ ...document(cards, "e > a > b > r > c > d"), settings }, registry);

it("stops before the write too many, asks, and goes on to the end once it is taken up again", async () => {
  const world = new World();
  const plan = flowWith({ writesPerExecution: 2 });
  expect(await world.run(plan)).toMatchObject({
    status: "attention",
    path: "c",
    error: { code: "write-limit", data: { writes: 2 }, message: expect.stringContaining("made 2 writes") },
  });
  expect(world.calls).toEqual(["write a", "write b", "read r"]);
  expect(await world.run(plan)).toEqual({ status: "succeeded" });
  expect(world.calls).toEqual(["write a", "write b", "read r", "write c", "write d"]);
});

it("lets as many pass as are set, and any number where none is", async () => {
  for (const settings of [{ writesPerExecution: 4 }, {}]) {
    const world = new World();
    expect(await world.run(flowWith(settings))).toEqual({ status: "succeeded" });
  }
});

it("does not count a write that was refused, nor one write twice that is tried again", async () => {
  const world = new World();
  world.fail("write d", { before: new CardError("Busy.", { kind: "unavailable", code: "x", sent: true }) });
  const plan = flowWith({ writesPerExecution: 4 });
  expect(await world.runToEnd(plan)).toEqual({ status: "succeeded" });
  expect(world.writes("d")).toBe(1);
});

it("waits where the flow made as many writes as it may within an hour, with nothing sent and no attempt spent", async () => {
  const world = new World();
  const asked: string[] = [];
  const until = new Date("2026-11-21T09:00:01.000Z");
  world.writeTurn = async (path) => {
    asked.push(path);
    return path === "b" ? { may: false, until, reason: "The flow is paused." } : { may: true };
  };
  const plan = flowWith({ writesPerHour: 1 });
  const waiting = { status: "waiting", until: until.toISOString(), reason: "The flow is paused.", path: "b" };
  expect(await world.run(plan)).toEqual(waiting);
  expect(world.calls).toEqual(["write a"]);
  expect((await world.steps()).map(({ path }) => path)).toEqual(["e", "a"]);
  world.writeTurn = undefined;
  expect(await world.run(plan)).toEqual({ status: "succeeded" });
  expect(asked).toEqual(["a", "b"]);
});
