import { describe, expect, it } from "vitest";
import { ExchangeLog } from "./exchange-log.ts";
import { card, flow, World } from "./test-support.ts";
import { watchOver } from "./watch-over.ts";

/** What follows the calls of an attempt at the one card of a flow, which nobody wants any more. */
function watching(id: string, asked: { cancelRequested?: () => boolean; mustLeave?: () => boolean }) {
  const planned = flow({ e: card("event"), w: card(id) }, "e > w").order.find(({ id }) => id === "w");
  if (!planned) throw new Error("There is no card.");
  const world = new World();
  const request = { planned, inputs: {}, ports: world, ...asked };
  return watchOver(request, new ExchangeLog(), world.clock.now());
}

describe("a card nobody waits for any more", () => {
  const cancelled = { cancelRequested: () => true };
  const stopping = { mustLeave: () => true };

  it("ends before its next call where it only reads", () => {
    expect(() => watching("read", cancelled).mayGoOn?.("calls")).toThrow("was cancelled");
    expect(() => watching("read", stopping).mayGoOn?.("waits")).toThrow("another worker");
  });

  it("ends only while it waits for a call where it writes and can be repeated", () => {
    const write = watching("safe", { ...cancelled, ...stopping });
    expect(() => write.mayGoOn?.("calls")).not.toThrow();
    expect(() => write.mayGoOn?.("waits")).toThrow("was cancelled");
    expect(() => watching("safe", stopping).mayGoOn?.("waits")).toThrow("another worker");
  });

  it.each(["check", "ask"])("is never ended between its calls where it can't be repeated (%s)", (id) => {
    expect(watching(id, { ...cancelled, ...stopping }).mayGoOn).toBeUndefined();
  });
});
