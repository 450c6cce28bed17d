import { describe, expect, it } from "vitest";
import { defineFunction } from "../cards/define.ts";
import { clearable, field } from "../cards/field.ts";
import { createRegistry } from "../cards/registry.ts";
import { lookupIn, resolveInputs } from "../cards/resolve-inputs.ts";
import type { CardNode } from "../flow/document.ts";
import { planCard } from "./plan.ts";
import { runCard } from "./run-card.ts";
import { World } from "./test-support.ts";

const echo = defineFunction({
  id: "test.echo",
  version: 1,
  title: "Echo",
  summary: "Gives back what it got.",
  category: "Test",
  inputs: {
    note: clearable(field.text({ label: "Note" })),
    name: field.text({ label: "Name" }),
    profile: field.object({
      label: "Profile",
      clearable: true,
      fields: { title: field.text({ label: "Title" }), city: field.text({ label: "City" }) },
    }),
  },
  outputs: { given: field.any({ label: "Given" }) },
  sample: { inputs: {}, outputs: {} },
  run: ({ inputs }) => ({ given: inputs }),
});
const registry = createRegistry([echo], []);
const lookup = lookupIn(new Map([["c1", { nothing: null, user: { title: null, city: "Bonn" } }]]));

async function given(inputs: NonNullable<CardNode["inputs"]>) {
  const planned = planCard("x", { card: "test.echo", v: 1, inputs }, registry);
  const { result } = await runCard({ planned, inputs: resolveInputs(inputs, lookup), ports: new World() });
  return result.ok ? result.outputs.given : result.failure;
}

describe("an input cleared on purpose", () => {
  it("reaches the card as null, beside what is filled in", async () => {
    const profile = { object: { title: { value: null }, city: { value: "Oslo" } } };
    expect(await given({ note: { value: null }, profile })).toEqual({
      note: null,
      profile: { title: null, city: "Oslo" },
    });
  });

  it("is one that can be cleared; any other is left empty", async () => {
    expect(await given({ name: { value: null } })).toEqual({});
  });
});

describe("a mapping that comes to nothing", () => {
  it("clears nothing, be it of a field, of a child or of the whole object", async () => {
    expect(await given({ note: { ref: ["c1", "nothing"] } })).toEqual({});
    const child = { object: { title: { ref: ["c1", "user", "title"] as [string, ...string[]] } } };
    expect(await given({ profile: child })).toEqual({ profile: {} });
    expect(await given({ profile: { ref: ["c1", "user"] } })).toEqual({ profile: { city: "Bonn" } });
  });
});
