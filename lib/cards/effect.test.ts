import { describe, expect, it } from "vitest";
import { defineConnector } from "./connector.ts";
import { defineAction } from "./define.ts";
import { effectOf } from "./effect.ts";

const connector = defineConnector<undefined>({ id: "test", title: "Test" });
const { description } = defineAction({
  id: "test.call",
  version: 1,
  title: "Call",
  summary: "Calls.",
  category: "Test",
  connector,
  scopes: [],
  effect: "write",
  repeat: "ask",
  effectByOption: {
    option: "method",
    is: { GET: { effect: "read" }, PUT: { effect: "write", repeat: "safe" } },
  },
  inputs: {},
  outputs: {},
  sample: { inputs: {}, outputs: {} },
  run: async () => ({}),
});

describe("effectOf", () => {
  it("takes the effect the chosen option names", () => {
    expect(effectOf(description, { method: "GET" })).toEqual({ effect: "read" });
    expect(effectOf(description, { method: "PUT" })).toEqual({ effect: "write", repeat: "safe" });
  });

  it("falls back to the card's own effect", () => {
    expect(effectOf(description, { method: "POST" })).toEqual({ effect: "write", repeat: "ask" });
    expect(effectOf(description, {})).toEqual({ effect: "write", repeat: "ask" });
    expect(effectOf({ ...description, effectByOption: undefined }, { method: "GET" }).effect).toBe("write");
  });
});
