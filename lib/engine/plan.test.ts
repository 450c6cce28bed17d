import { describe, expect, it } from "vitest";
import { createRegistry } from "../cards/registry.ts";
import type { FlowDocument } from "../flow/document.ts";
import { PlanError, planCard, planFlow } from "./plan.ts";
import { card, document, flow, literal, ref, registry } from "./test-support.ts";

function refusal(bad: FlowDocument): { code: string; card?: string } {
  try {
    planFlow(bad, registry);
  } catch (error) {
    if (error instanceof PlanError) return { code: error.code, card: error.card };
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("planFlow", () => {
  it("puts the event first, then every card after all that lead to it, ties in document order", () => {
    const plan = flow(
      { orphan: card("join"), d: card("join"), b: card("join"), e: card("event"), c: card("join") },
      "e > b > d",
      "e > c > d",
    );
    expect(plan.event.id).toBe("e");
    expect(plan.order.map(({ id }) => id)).toEqual(["e", "orphan", "b", "c", "d"]);
  });

  it("drops notes", () => {
    const plan = flow({ e: card("event"), n: card("note") });
    expect(plan.order.map(({ id }) => id)).toEqual(["e"]);
  });

  it("knows which outputs are wanted", () => {
    const plan = flow({
      e: card("event"),
      r: card("read", { key: ref("e", "who") }),
      j: card("join", { parts: ref("r") }),
    });
    const [event, read, join] = plan.order;
    expect([event?.wanted("who"), event?.wanted("id")]).toEqual([true, false]);
    expect([read?.wanted("value"), join?.wanted("value")]).toEqual([true, false]);
  });

  it("calls a card what its flow calls it", () => {
    const plan = flow({ e: card("event"), j: card("join", {}, { title: "Put together" }) });
    expect(plan.order.map(({ title }) => title)).toEqual(["Something Happened", "Put together"]);
  });

  it("takes the effect an option gives a card, so that a Custom API GET is a read and not a write to be asked about", () => {
    const rule = { option: "method", is: { GET: { effect: "read" as const } } };
    const source = registry.card("test.ask");
    if (!source) throw new Error("The test cards have one that asks.");
    const options = { method: { label: "Method", default: "POST" } };
    const custom = { ...source, description: { ...source.description, options, effectByOption: rule } };
    const planned = (method: string) =>
      planCard("c", { card: "test.ask", v: 1, options: { method } }, createRegistry([custom], []));
    expect(planned("GET")).toMatchObject({ effect: "read" });
    expect(planned("GET").repeat).toBeUndefined();
    expect(planned("POST")).toMatchObject({ effect: "write", repeat: "ask" });
  });

  const e = card("event");
  it.each<[string, FlowDocument, string | undefined]>([
    ["unknown-card", document({ e, x: card("missing") }), "x"],
    ["card-version", document({ e, x: { ...card("join"), v: 2 } }), "x"],
    ["lane", document({ e, x: card("join", {}, { parent: { card: "e", lane: "body" } }) }), "x"],
    ["dangling-edge", document({ e }, "e > ghost"), "ghost"],
    ["dangling-edge", document({ e }, "ghost > e"), "ghost"],
    ["dangling-edge", document({ e, n: card("note") }, "e > n"), "n"],
    ["unknown-exit", document({ e, x: card("join") }, "e.true > x"), "e"],
    ["edge-into-event", document({ e, x: card("join") }, "x > e"), "x"],
    [
      "cycle",
      document({ e, a: card("join"), b: card("join"), c: card("join") }, "e > a > b > a", "b > c"),
      "a",
    ],
    ["no-event-card", document({ a: card("join") }), undefined],
    ["several-event-cards", document({ e, f: card("event") }), "f"],
  ])("refuses %s and names the card", (code, bad, named) => {
    expect(refusal(bad)).toEqual({ code, card: named });
  });
});

describe("planCard", () => {
  it("plans one card outside any flow, all of its outputs wanted", () => {
    const planned = planCard("x", card("read", { key: literal("k") }), registry);
    expect(planned).toMatchObject({ id: "x", effect: "read", outgoing: [] });
    expect(planned.wanted("value")).toBe(true);
  });

  it("refuses a card the catalogue does not have", () => {
    expect(() => planCard("x", card("missing"), registry)).toThrow(PlanError);
  });
});
