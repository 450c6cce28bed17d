import { describe, expect, it } from "vitest";
import type { CardDescription } from "./card.ts";
import { NEXT } from "./card.ts";
import { field } from "./field.ts";
import { grows, growthOf } from "./growth.ts";

const card = (rest: Partial<CardDescription>): CardDescription => ({
  id: "test.card",
  version: 1,
  kind: "action",
  title: "Card",
  summary: "",
  connector: "test",
  category: "Test",
  keywords: [],
  needsConnection: true,
  scopes: [],
  effect: "read",
  options: {},
  inputs: {},
  outputs: {},
  exits: [NEXT],
  sample: { inputs: {}, outputs: {} },
  ...rest,
});

const byApplication = { label: "Profile", grows: "test.appProfile", growsBy: "application" };
const assign = card({
  inputs: {
    application: field.text({ label: "Application", picker: "test.apps" }),
    profile: field.object(byApplication),
  },
  outputs: { users: field.objectList({ label: "Users", fields: { profile: field.object(byApplication) } }) },
});

describe("growthOf", () => {
  it("asks each loader once, with the options of the card", () => {
    const create = card({
      inputs: { profile: field.object({ label: "Profile", grows: "test.profile" }) },
      outputs: { profile: field.object({ label: "Profile", grows: "test.profile" }) },
    });
    expect(growthOf(create, { options: { mode: "a" } })).toEqual([
      { loaderId: "test.profile", options: { mode: "a" } },
    ]);
    expect(growthOf(create, {})).toEqual([{ loaderId: "test.profile", options: {} }]);
  });

  it("passes on the input a loader depends on", () => {
    const node = { options: { mode: "a" }, inputs: { application: { value: "0oa1" } } };
    expect(growthOf(assign, node)).toEqual([
      { loaderId: "test.appProfile", options: { mode: "a", application: "0oa1" } },
    ]);
  });

  it("asks nothing while that input is empty or mapped", () => {
    expect(growthOf(assign, {})).toEqual([]);
    for (const value of ["", null]) {
      expect(growthOf(assign, { inputs: { application: { value } } })).toEqual([]);
    }
    expect(growthOf(assign, { inputs: { application: { ref: ["c1", "id"] } } })).toEqual([]);
    expect(growthOf(assign, { inputs: { application: { text: ["0oa", { ref: ["c1", "id"] }] } } })).toEqual(
      [],
    );
  });

  it("does not take what every object inherits for an input", () => {
    const odd = card({
      inputs: { profile: field.object({ label: "P", grows: "test.x", growsBy: "toString" }) },
    });
    expect(growthOf(odd, { inputs: {} })).toEqual([]);
  });
});

describe("grows", () => {
  it("is true for cards with fields only their connection knows", () => {
    expect(grows(assign)).toBe(true);
    expect(grows(card({ inputs: { user: field.text({ label: "User" }) } }))).toBe(false);
  });
});
