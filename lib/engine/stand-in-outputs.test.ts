import { describe, expect, it } from "vitest";
import { defineConnector } from "../cards/connector.ts";
import { defineAction } from "../cards/define.ts";
import { field } from "../cards/field.ts";
import type { JsonObject } from "../flow/json.ts";
import { isKnownLater, knownOnlyAfter, readableKnownLater } from "./known-later.ts";
import { standInOutputs } from "./stand-in-outputs.ts";

const outputs = {
  id: field.text({ label: "ID" }),
  managerId: field.text({ label: "Manager" }),
  title: field.text({ label: "Title" }),
  statusCode: field.number({ label: "Status" }),
  groups: field.textList({ label: "Groups" }),
  raw: field.any({ label: "Raw" }),
  profile: field.object({ label: "Profile" }),
};
const sampleOutputs = {
  id: "00uAnn",
  managerId: "00uBoss",
  title: "Engineer",
  statusCode: 204,
  groups: ["00gEng"],
  raw: null,
  profile: { login: "ann@example.com", department: "Engineering", score: 7 },
};
const card = defineAction({
  id: "test.write",
  version: 1,
  title: "Write",
  summary: "For tests.",
  category: "Test",
  connector: defineConnector({ id: "test", title: "Test" }),
  scopes: [],
  effect: "write",
  repeat: "safe",
  inputs: { user: field.text({ label: "User" }) },
  outputs,
  sample: { inputs: { user: "00uAnn" }, outputs: sampleOutputs },
  run: async () => sampleOutputs,
});
const standIn = (inputs: JsonObject, made?: JsonObject, effect: "write" | "read" = "write") =>
  standInOutputs({ card, title: "Write it", outputs, effect }, inputs, made);
const later = "(known only after Write it)";

describe("outputs of a card whose call was not sent", () => {
  it("name nobody of the sample: what was given, what is known later, and nothing else", () => {
    expect(standIn({ user: "00uTom" })).toEqual({
      id: "00uTom",
      managerId: later,
      title: null,
      statusCode: 204,
      groups: [],
      raw: null,
      profile: { login: later },
    });
    expect(standIn({})).toMatchObject({ id: later });
  });

  it("are what the card made of the resource, but for what Okta alone answers", () => {
    const made = {
      id: "00uTom",
      title: "Lead",
      statusCode: 200,
      raw: { a: 1 },
      profile: { login: "t@x.example" },
    };
    expect(standIn({ user: "t@x.example" }, made)).toMatchObject({
      id: "00uTom",
      title: "Lead",
      statusCode: 204,
      raw: null,
      profile: { login: "t@x.example" },
    });
  });

  it("of a read say which write has to come first, not that the read has", () => {
    const unknown = knownOnlyAfter("Create User");
    expect(standIn({ user: unknown }, undefined, "read")).toMatchObject({ id: unknown, managerId: unknown });
    expect(standIn({ user: unknown })).toMatchObject({ id: unknown, managerId: later });
  });
});

it("what is known later is found and read in every writing", () => {
  const text = knownOnlyAfter("Create (a) User & Co, 5 %");
  expect(text).toBe("(known only after Create a User & Co, 5 %)");
  expect(
    [text, encodeURIComponent(text), new URLSearchParams({ q: text }).toString()].map(isKnownLater),
  ).toEqual([true, true, true]);
  expect(isKnownLater({ profile: { manager: [text] } })).toBe(true);
  expect(isKnownLater("/api/v1/users/known(only)after")).toBe(false);
  expect(
    readableKnownLater(`/users/${encodeURIComponent(text)}?${new URLSearchParams({ q: text, b: "x y" })}`),
  ).toBe(`/users/${text}?q=${text}&b=x+y`);
});
